import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { model, startFal } from '../../electron/fal/fal.fixture.ts';
import { CERTIFICATE_PATH, startFront } from '../../test/network/fal-front.ts';
import { startConnectProxy } from '../../test/network/proxies.ts';
import type { TestProxy } from '../../test/network/proxies.ts';

const SCRIPT = fileURLToPath(new URL('../fal.ts', import.meta.url));

async function network(user: string): Promise<TestProxy> {
  const fal = await startFal({ extraModels: [model('acme/bird', (input) => ({ echo: input }))] });
  const front = await startFront(fal.hosts);
  onTestFinished(front.close);
  const proxy = await startConnectProxy({ to: front.port, user });
  onTestFinished(proxy.close);
  return proxy;
}

/** A run at fal itself, by its own names. */
async function run(proxies: Readonly<Record<string, string>>): Promise<{ out: string; err: string }> {
  const names = /^(fal_|https?_proxy|all_proxy|no_proxy)/i;
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.test(name)));
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', SCRIPT, 'run', 'acme/bird', '{"n":1}'],
    {
      env: { ...env, ...proxies, FAL_KEY: 'demo:demo', NODE_EXTRA_CA_CERTS: fileURLToPath(CERTIFICATE_PATH) },
    },
  );
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  await once(child, 'close');
  return { out, err };
}

test('the environment’s proxy, with its password, without one, and one that is none', async () => {
  const proxy = await network('me:word');
  const [passed, refused, wrong] = await Promise.all([
    run({ HTTPS_PROXY: `http://me:word@${proxy.place}` }),
    run({ all_proxy: proxy.place }),
    run({ HTTPS_PROXY: 'nonsense://x' }),
  ]);
  expect(JSON.parse(passed.out)).toMatchObject({ type: 'result', data: { echo: { n: 1 } } });
  expect(JSON.parse(refused.err)).toMatchObject({
    error: { kind: 'network', title: `The proxy ${proxy.place} asks for a password` },
  });
  expect(JSON.parse(wrong.err)).toMatchObject({
    error: { kind: 'input', title: 'HTTPS_PROXY names no proxy' },
  });
  expect(proxy.asked).toEqual(['fal.run:443', 'fal.run:443']);
});
