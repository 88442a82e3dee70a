import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';
import { dig, text } from '../../electron/local-fal/testing.ts';

const SCRIPT = fileURLToPath(new URL('../../scripts/local-fal.ts', import.meta.url));
const running = new Set<ReturnType<typeof start>>();

function start(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(process.execPath, [SCRIPT, ...args], { env: { ...process.env, ...env } });
  return child;
}

afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
});

test('the first line is the hosts; the key comes from the environment; SIGTERM ends it cleanly', async () => {
  const child = start(['--port', '0', '--pace', '0', '--fault', 'submit-503'], { LOCAL_FAL_KEY: 'a:b' });
  running.add(child);
  const [line]: unknown[] = await once(createInterface(child.stdout), 'line');
  const hosts: unknown = JSON.parse(text(line));
  const url = text(dig(hosts, 'url'));
  expect(await (await fetch(url)).json()).toEqual(hosts);
  const submit = (key: string) =>
    fetch(`${text(dig(hosts, 'queue'))}/demo/hillside`, {
      method: 'POST',
      body: '{"prompt":"x"}',
      headers: { authorization: `Key ${key}` },
    });
  expect((await submit('demo:demo')).status).toBe(401);
  expect((await submit('a:b')).status).toBe(503);
  expect((await submit('a:b')).status).toBe(200);
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});

test.each([[['--nope']], [['--fault', 'nope']], [['--port', 'x']], [['--pace', '-1']]])(
  '%j: usage on stderr, exit 2',
  async (args) => {
    const child = start(args);
    running.add(child);
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => (out += String(chunk)));
    child.stderr.on('data', (chunk) => (err += String(chunk)));
    expect(await once(child, 'close')).toEqual([2, null]);
    expect(out).toBe('');
    expect(err).toContain('usage: local-fal');
  },
);
