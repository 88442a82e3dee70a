import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchFixture, until, CAN_RUN } from './testing.ts';
import type { Fixture } from './testing.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await launchFixture();
});
afterAll(() => fixture.end());

interface Asked {
  url: string;
  frameName: string;
  disposition: string;
  features: string;
}
declare global {
  var asked: Asked[];
}

const countWindows = (): Promise<number> =>
  fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);
const otherRequests = (): Promise<number> =>
  fixture.app.evaluate(() => globalThis.seen.requests.filter(({ url }) => url.includes('other.html')).length);
/** Pages as Chromium counts them: one that Playwright has not seen yet is a page too. */
const countTargets = async (): Promise<number> => {
  const cdp = await fixture.page.context().newCDPSession(fixture.page);
  const { targetInfos } = await cdp.send('Target.getTargets');
  await cdp.detach();
  return targetInfos.filter(({ type }) => type === 'page').length;
};
const handle = (action: 'allow' | 'deny'): Promise<void> =>
  fixture.app.evaluate(({ BrowserWindow }, answer) => {
    globalThis.asked = [];
    globalThis.seen.requests = [];
    BrowserWindow.getAllWindows()[0]?.webContents.setWindowOpenHandler(
      ({ url, frameName, disposition, features }) => {
        globalThis.asked.push({ url, frameName, disposition, features });
        return { action: answer };
      },
    );
  }, action);

afterEach(async () => {
  await fixture.app.evaluate(({ BrowserWindow }) => {
    globalThis.seen.requests = [];
    for (const window of BrowserWindow.getAllWindows().slice(1)) window.destroy();
  });
});

const ways: [string, () => Promise<void>, Partial<Asked>][] = [
  [
    'window.open',
    () => fixture.page.evaluate(() => void window.open('other.html', 'wren')),
    { frameName: 'wren', disposition: 'foreground-tab' },
  ],
  [
    'window.open with a size',
    () => fixture.page.evaluate(() => void window.open('other.html', '', 'width=300,height=200')),
    { disposition: 'new-window' },
  ],
  [
    'window.open without opener',
    () => fixture.page.evaluate(() => void window.open('other.html', '', 'noopener')),
    {},
  ],
  ['target=_blank', () => fixture.page.locator('#blank').click(), { disposition: 'foreground-tab' }],
  ['a click with control', () => fixture.page.locator('#link').click({ modifiers: ['Control'] }), {}],
  ['a middle click', () => fixture.page.locator('#link').click({ button: 'middle' }), {}],
];

describe.skipIf(!CAN_RUN)('a window opened by the page', () => {
  // First, while the window has never had a handler.
  it.each(ways)('by %s opens without a handler', async (_name, open) => {
    await open();
    await until(async () => (await countWindows()) === 2);
    await until(async () => (await otherRequests()) > 0);
    expect(await countWindows()).toBe(2);
  });

  it.each(ways)(
    'by %s opens nothing and loads nothing when the handler says so',
    async (_name, open, details) => {
      await handle('deny');
      await open();
      await until(() => fixture.app.evaluate(() => globalThis.asked.length > 0));
      expect(await fixture.app.evaluate(() => globalThis.asked)).toMatchObject([
        { url: 'app://bundle/other.html', ...details },
      ]);
      await until(async () => (await countTargets()) === 1);
      expect(await countWindows()).toBe(1);
      expect(await otherRequests()).toBe(0);
    },
  );

  it('opens when the handler allows it, and tells the opener', async () => {
    await handle('allow');
    const created = fixture.app.evaluate(
      ({ BrowserWindow }) =>
        new Promise<string>((resolve) => {
          const contents = BrowserWindow.getAllWindows()[0]?.webContents;
          contents?.once('did-create-window', (_window, { url }) => resolve(url));
        }),
    );
    await fixture.page.evaluate(() => void window.open('other.html'));
    expect(await created).toBe('app://bundle/other.html');
    await until(async () => (await otherRequests()) > 0);
  });
});
