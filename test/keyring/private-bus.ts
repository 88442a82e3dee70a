import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

/** Session buses of a test's own: a real dbus-daemon with or without a real gnome-keyring, and ones that stay silent. */

export interface Bus {
  readonly environment: Readonly<Record<string, string>>;
  /** Process ids of what the bus has started so far, by the name it was started under. */
  readonly started: () => Readonly<Record<string, number>>;
  readonly close: () => void;
}

export const isOnPath = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, name)));

export interface BusOptions {
  /** The keyring's folder; a second bus on the same folder has the same ring. null for a bus without any keyring. */
  readonly ring: string | null;
  /** Opens the ring, and makes it where there is none; null leaves it closed. */
  readonly password?: string | null;
  /** Whoever is asked for a password never comes, as on a desktop where nobody sits. */
  readonly promptHangs?: boolean;
}

/**
 * Starts a bus. The keyring is started by the bus at the first question, and the bus keeps that question until the
 * keyring is there: nothing has to be waited for.
 */
export async function startBus(options: BusOptions): Promise<Bus> {
  const dir = mkdtempSync(join(tmpdir(), 'private-bus-'));
  const [services, pids, runtime] = ['services', 'pids', 'runtime'].map((name) => join(dir, name));
  if (services === undefined || pids === undefined || runtime === undefined) throw new Error('three folders');
  for (const path of [services, pids, runtime]) mkdirSync(path, { mode: 0o700 });

  const offer = (name: string, command: string): void => {
    const script = join(dir, `${name}.sh`);
    writeFileSync(script, `#!/bin/sh\necho $$ > '${join(pids, name)}'\nexec ${command}\n`, { mode: 0o700 });
    writeFileSync(join(services, `${name}.service`), `[D-BUS Service]\nName=${name}\nExec=${script}\n`);
  };
  if (options.ring !== null) {
    const password = options.password ?? null;
    writeFileSync(join(dir, 'password'), password ?? '', { mode: 0o600 });
    const unlock = password === null ? '' : `--unlock < '${join(dir, 'password')}'`;
    offer('org.freedesktop.secrets', `gnome-keyring-daemon --foreground --components=secrets ${unlock}`);
  }
  if (options.promptHangs === true) offer('org.gnome.keyring.SystemPrompter', 'tail -f /dev/null');

  const config = join(dir, 'bus.conf');
  writeFileSync(
    config,
    `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
      "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
    <busconfig>
      <type>session</type>
      <listen>unix:path=${join(runtime, 'bus')}</listen>
      <servicedir>${services}</servicedir>
      <policy context="default">
        <allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/>
      </policy>
    </busconfig>`,
  );
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: dir,
    XDG_RUNTIME_DIR: runtime,
    XDG_DATA_HOME: options.ring ?? dir,
  };
  const daemon = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address=1'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: environment,
  });
  const address = await new Promise<string>((resolve, reject) => {
    daemon.once('error', reject);
    daemon.once('exit', () => reject(new Error('dbus-daemon has ended')));
    createInterface(daemon.stdout).once('line', resolve);
  });

  const started = (): Record<string, number> =>
    Object.fromEntries(
      readdirSync(pids).map((name) => [name, Number(readFileSync(join(pids, name), 'utf8'))]),
    );
  return {
    environment: { ...environment, DBUS_SESSION_BUS_ADDRESS: address },
    started,
    close: () => {
      if (!existsSync(dir)) return;
      for (const pid of Object.values(started())) kill(pid);
      daemon.kill();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

function kill(pid: number): void {
  try {
    // A stopped process would not hear anything milder.
    process.kill(pid, 'SIGKILL');
  } catch {
    // It went with its bus.
  }
}

/** A bus that accepts and says nothing: from the first byte, or once it has let its caller in. */
export async function startMuteBus(speaks: 'never' | 'until-let-in'): Promise<Bus> {
  const dir = mkdtempSync(join(tmpdir(), 'mute-bus-'));
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('data', (bytes) => {
      const reply = speaks === 'never' ? '' : greeting(bytes.toString('latin1'));
      if (reply !== '') socket.write(reply);
    });
  });
  await new Promise<void>((resolve) => server.listen(join(dir, 'bus'), resolve));
  return {
    environment: {
      PATH: process.env['PATH'] ?? '',
      HOME: dir,
      DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(dir, 'bus')}`,
    },
    started: () => ({}),
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/** The part of the conversation that is text (D-Bus specification, authentication protocol). */
function greeting(said: string): string {
  if (said.includes('AUTH EXTERNAL')) return 'DATA\r\n';
  if (said.startsWith('DATA')) return `OK ${'0'.repeat(32)}\r\n`;
  if (said.startsWith('NEGOTIATE_UNIX_FD')) return 'AGREE_UNIX_FD\r\n';
  return said.includes('AUTH') ? 'REJECTED EXTERNAL\r\n' : '';
}
