import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchFixture, until, CAN_RUN } from './testing.ts';
import type { Fixture } from './testing.ts';

let fixture: Fixture;
let outside: Server;
let outsideUrl = '';
let outsideHits = 0;

beforeAll(async () => {
  outside = createServer((_request, response) => {
    outsideHits++;
    response.setHeader('content-type', 'text/html').end('<title>outside</title>');
  });
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  const address: AddressInfo | string | null = outside.address();
  outsideUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`;
  fixture = await launchFixture();
});
afterAll(async () => {
  await fixture.end();
  outside.close();
});

interface Fired {
  name: string;
  url: string;
  isMainFrame: boolean;
}

declare global {
  var fired: Fired[];
  var stopAll: boolean;
}

beforeEach(async () => {
  outsideHits = 0;
  // The page of the test before may still be on its way somewhere; only a document without this mark is the new one.
  await fixture.page.evaluate(() => void Reflect.set(window, 'stale', true)).catch(() => undefined);
  await fixture.app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    globalThis.fired = [];
    globalThis.stopAll = false;
    globalThis.seen.requests = [];
    const listen = (name: 'will-navigate' | 'will-frame-navigate' | 'will-redirect'): void => {
      window?.webContents.on(name as 'will-navigate', (event) => {
        globalThis.fired.push({ name, url: event.url, isMainFrame: event.isMainFrame });
        if (globalThis.stopAll) event.preventDefault();
      });
    };
    listen('will-navigate');
    listen('will-frame-navigate');
    listen('will-redirect');
    await window?.loadURL('app://bundle/index.html');
    globalThis.fired = []; // the frame in it has just been loaded, which is a navigation of its own
  });
  const isFresh = (): boolean =>
    !('stale' in window) && location.pathname === '/index.html' && document.readyState === 'complete';
  await until(() => fixture.page.evaluate(isFresh).catch(() => false));
});
afterEach(() =>
  fixture.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect'])
      contents?.removeAllListeners(name);
  }),
);

const fired = (): Promise<Fired[]> => fixture.app.evaluate(() => globalThis.fired);
const requests = (): Promise<string[]> =>
  fixture.app.evaluate(() => globalThis.seen.requests.map(({ url }) => url));
const stop = (): Promise<void> => fixture.app.evaluate(() => void (globalThis.stopAll = true));
const currentUrl = (): Promise<string | undefined> =>
  fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());

const loadMoved = (): Promise<string> =>
  fixture.app.evaluate(({ BrowserWindow }) => {
    const loaded = BrowserWindow.getAllWindows()[0]?.loadURL('app://bundle/moved');
    return loaded?.then(() => 'loaded').catch((error: Error) => error.message) ?? 'no window';
  });

const byPage: [string, () => Promise<void>][] = [
  ['location', () => fixture.page.evaluate(() => void setTimeout(() => (location.href = 'other.html')))],
  ['a link', () => fixture.page.locator('#link').click({ noWaitAfter: true })],
  ['a form', () => fixture.page.locator('#send').click({ noWaitAfter: true })],
];

describe.skipIf(!CAN_RUN)('a navigation by the page', () => {
  it.each(byPage)('by %s is stopped before its request leaves', async (_name, go) => {
    await stop();
    await go();
    await until(async () => (await fired()).length > 0);
    const [first] = await fired();
    expect(first).toMatchObject({ name: 'will-frame-navigate', isMainFrame: true });
    expect(first?.url).toMatch(/^app:\/\/bundle\/other\.html/);
    expect(await currentUrl()).toBe('app://bundle/index.html');
    expect((await requests()).filter((url) => url.includes('other'))).toEqual([]);
  });

  it.each(byPage)('by %s goes on when nobody stops it', async (_name, go) => {
    await go();
    await until(async () => (await currentUrl())?.startsWith('app://bundle/other.html') ?? false);
    expect((await fired()).map(({ name }) => name)).toEqual(['will-frame-navigate', 'will-navigate']);
  });

  it('by meta refresh is seen too', async () => {
    await fixture.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL('app://bundle/refresh.html'),
    );
    await until(async () => (await fired()).some(({ name }) => name === 'will-navigate'));
    await until(async () => (await currentUrl()) === 'app://bundle/other.html');
    expect((await fired()).map(({ name }) => name)).toContain('will-navigate');
  });

  it('to another host sends nothing there', async () => {
    await stop();
    await fixture.page.evaluate((url) => void (location.href = url), outsideUrl);
    await until(async () => (await fired()).length > 0);
    expect((await fired())[0]?.url).toBe(outsideUrl);
    expect(await fixture.page.evaluate(() => document.title)).toBe('fixture');
    expect(outsideHits).toBe(0);
  });

  it('to another host arrives there when nobody stops it', async () => {
    await fixture.page.evaluate((url) => void (location.href = url), outsideUrl);
    await until(async () => (await currentUrl()) === outsideUrl);
    expect(outsideHits).toBeGreaterThan(0);
  });

  it('of a frame fires will-frame-navigate alone', async () => {
    await stop();
    await fixture.page.evaluate(() => {
      const frame = document.getElementById('frame');
      if (frame instanceof HTMLIFrameElement) frame.contentWindow?.location.assign('other.html');
    });
    await until(async () => (await fired()).length > 0);
    expect(await fired()).toEqual([
      { name: 'will-frame-navigate', url: 'app://bundle/other.html', isMainFrame: false },
    ]);
  });

  it('within the document fires nothing', async () => {
    await fixture.page.evaluate(() => document.getElementById('hash')?.click());
    await until(async () => (await currentUrl()) === 'app://bundle/index.html#here');
    await fixture.page.evaluate(() => history.pushState(null, '', '/index.html?x'));
    await until(async () => (await currentUrl()) === 'app://bundle/index.html?x');
    expect(await fired()).toEqual([]);
  });
});

describe.skipIf(!CAN_RUN)('a navigation by the app', () => {
  it('fires nothing: loadURL, reload, and a test’s own reload', async () => {
    await stop();
    const { app, page } = fixture;
    const loaded = page.waitForEvent('load');
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.loadURL('app://bundle/other.html'),
    );
    await loaded;
    const reloaded = page.waitForEvent('load');
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
    await reloaded;
    await page.reload();
    expect(await fired()).toEqual([]);
    expect(await currentUrl()).toBe('app://bundle/other.html');
  });

  it('fires will-redirect when the server sends it elsewhere, and stops there if told to', async () => {
    expect(await loadMoved()).toBe('loaded');
    expect(await fired()).toEqual([
      { name: 'will-redirect', url: 'app://bundle/other.html', isMainFrame: true },
    ]);
    await stop();
    expect(await loadMoved()).toContain('ERR_ABORTED');
  });

  it('rejects when nothing answers', async () => {
    const message = await fixture.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]
        ?.loadURL('http://127.0.0.1:9/')
        .catch((error: Error) => error.message),
    );
    expect(message).toMatch(/^ERR_\w+ \(-\d+\) loading 'http:\/\/127\.0\.0\.1:9\/'$/);
  });
});
