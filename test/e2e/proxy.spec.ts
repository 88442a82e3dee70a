import { fileURLToPath } from 'node:url';
import { CERTIFICATE_PATH, startFront } from '../network/fal-front.ts';
import { startConnectProxy } from '../network/proxies.ts';
import type { TestProxy } from '../network/proxies.ts';
import { expect, test as base } from './app.ts';

/** fal itself by its own names, which only the proxy finds. */
const test = base.extend<{ readonly network: (user?: string) => Promise<TestProxy> }>({
  network: async ({ startFal }, use) => {
    const ends: (() => Promise<void>)[] = [];
    await use(async (user) => {
      const fal = await startFal();
      const front = await startFront(fal.hosts);
      const proxy = await startConnectProxy({ to: front.port, ...(user === undefined ? {} : { user }) });
      ends.push(proxy.close, front.close);
      return proxy;
    });
    for (const end of ends) await end();
  },
});

const env = { FAL_KEY: 'demo:demo', NODE_EXTRA_CA_CERTS: fileURLToPath(CERTIFICATE_PATH) };

test('a run by the system’s proxy, from the list of models to the file of the result', async ({
  launch,
  network,
}) => {
  const proxy = await network();
  const { ui } = await launch({ env, args: [`--proxy-server=${proxy.place}`] });
  await ui.pickModel('hillside', 'demo/hillside');
  await ui.prompt.fill('a lake behind a proxy');
  await ui.run();
  await ui.done();
  expect((await ui.decodedSize(ui.picture)).width).toBeGreaterThan(0);
  // The browser asks it for things of its own too.
  const fals = proxy.asked.filter((host) => /(^|\.)fal\./.test(host));
  expect([...new Set(fals)].toSorted()).toEqual([
    'api.fal.ai:443',
    'fal.ai:443',
    'queue.fal.run:443',
    'v3.fal.media:443',
  ]);
  expect(proxy.heard()).not.toContain('demo:demo');
});

test('a proxy that asks for a password is named, and with one in the environment it is passed', async ({
  launch,
  network,
}) => {
  const proxy = await network('me:word');
  const args = [`--proxy-server=${proxy.place}`];
  const first = await launch({ env, args });
  await expect(first.page.getByText(`The proxy ${proxy.place} asks for a password`).first()).toBeVisible();
  await first.close();
  const HTTPS_PROXY = `http://me:word@${proxy.place}`;
  const second = await launch({ env: { ...env, HTTPS_PROXY }, args });
  await second.ui.pickModel('hillside', 'demo/hillside');
  await second.ui.prompt.fill('a lake behind a proxy');
  await second.ui.run();
  await second.ui.done();
});
