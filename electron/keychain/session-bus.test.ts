import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { busTrouble } from './session-bus.ts';

let dir: string;
let servers: Server[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'session bus, '));
  servers = [];
});
afterEach(() => {
  for (const server of servers) server.close();
  rmSync(dir, { recursive: true, force: true });
});

/** A socket that answers what it hears with `reply`; nothing when that is empty. Answers its D-Bus address. */
async function listen(name: string, reply: string): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    if (reply !== '') socket.once('data', () => socket.end(reply));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(join(dir, name), resolve));
  return `unix:path=${encodeURIComponent(join(dir, name))}`;
}
const ask = (address: string): Promise<string | null> =>
  busTrouble({ DBUS_SESSION_BUS_ADDRESS: address }, 50);

describe.skipIf(process.platform === 'win32')('busTrouble', () => {
  it('no address, and no bus where one would be: no bus', async () => {
    expect(await busTrouble({})).toBe('no-bus');
    expect(await busTrouble({ DBUS_SESSION_BUS_ADDRESS: '', XDG_RUNTIME_DIR: dir })).toBe('no-bus');
  });

  it('finds the bus in the runtime folder, spaces and commas in its name and all', async () => {
    await listen('bus', 'REJECTED EXTERNAL\r\n');
    expect(await busTrouble({ XDG_RUNTIME_DIR: dir })).toBeNull();
  });

  it('an address that leads nowhere: no bus', async () => {
    expect(await ask(`unix:path=${join(dir, 'nowhere')}`)).toBe('no-bus');
  });

  it('one that accepts and says nothing does not answer', async () => {
    expect(await ask(await listen('mute', ''))).toBe('no-answer');
  });

  it('takes the first of several that answers', async () => {
    const [mute, well] = [await listen('mute', ''), await listen('well', 'REJECTED\r\n')];
    expect(await ask(`unix:path=/nowhere;${mute},guid=1;${well},guid=2`)).toBeNull();
    expect(await ask(`unix:path=/nowhere;${mute}`)).toBe('no-answer');
  });

  it('refuses nothing it cannot judge', async () => {
    expect(await ask('autolaunch:')).toBeNull();
    expect(await ask('unix:path=%zz')).toBeNull();
  });
});
