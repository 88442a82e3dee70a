import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchFixture, until, CAN_RUN } from './testing.ts';
import type { Fixture } from './testing.ts';

let fixture: Fixture;
beforeAll(async () => {
  fixture = await launchFixture();
});
afterAll(() => fixture.end());

describe.skipIf(!CAN_RUN)('the window', () => {
  it('is the app’s page at the size asked for', async () => {
    const { page } = fixture;
    expect(new URL(page.url()).pathname).toBe('/index.html');
    expect(await page.evaluate(() => [innerWidth, innerHeight])).toEqual([900, 650]);
    expect((await page.screenshot()).subarray(1, 4).toString()).toBe('PNG');
  });

  it('is found by Playwright from its page, and shown once it has painted', async () => {
    const handle = await fixture.app.browserWindow(fixture.page);
    await until(() => handle.evaluate((window) => window.isVisible()));
    expect(await handle.evaluate((window) => window.isFocused())).toBe(true);
  });

  it('follows nativeTheme.themeSource', async () => {
    const { app, page } = fixture;
    for (const theme of ['dark', 'light'] as const) {
      await app.evaluate(({ nativeTheme }, source) => (nativeTheme.themeSource = source), theme);
      await page.waitForFunction((name) => matchMedia(`(prefers-color-scheme: ${name})`).matches, theme);
      expect(await app.evaluate(({ nativeTheme }) => nativeTheme.shouldUseDarkColors)).toBe(theme === 'dark');
    }
  });
});

describe.skipIf(!CAN_RUN)('contextBridge', () => {
  it('has exposed everything before the page’s first script', async () => {
    expect(await fixture.page.evaluate(() => window.apiAtStart)).toBe('object');
  });

  it('gives frozen objects that cannot be replaced', async () => {
    const facts = await fixture.page.evaluate(() => {
      const before = window.api;
      const tryTo = (f: () => void): string => {
        try {
          f();
          return 'done';
        } catch {
          return 'refused';
        }
      };
      Reflect.set(window, 'api', 1);
      return {
        frozen: [window.api, window.api.plain, window.api.plain.nested.list].map(Object.isFrozen),
        same: window.api === before,
        push: tryTo(() => window.api.plain.nested.list.push(3)),
        remove: Reflect.deleteProperty(window, 'api'),
      };
    });
    expect(facts).toEqual({ frozen: [true, true, true], same: true, push: 'refused', remove: false });
  });

  it('passes values, functions and promises both ways', async () => {
    const got = await fixture.page.evaluate(async () => ({
      bytes: window.api.same(new Uint8Array([1, 2])) instanceof Uint8Array,
      big: String(window.api.same(2n ** 65n)),
      tagged: window.api.same({ $fn: 1 }),
      later: await window.api.later({ a: [1] }),
      callback: window.api.call((a, b) => Number(a) + Number(b), 2, 3),
      promised: await window.api.call(async (a) => a, 'x'),
    }));
    expect(got).toEqual({
      bytes: true,
      big: String(2n ** 65n),
      tagged: { $fn: 1 },
      later: { a: [1] },
      callback: 5,
      promised: 'x',
    });
  });

  it('passes errors, thrown and rejected', async () => {
    const messages = await fixture.page.evaluate(async () => {
      const caught: string[] = [];
      const keep = (error: unknown): number =>
        caught.push(error instanceof Error ? error.message : 'no error');
      try {
        window.api.raise();
      } catch (error) {
        keep(error);
      }
      await window.api.refuse().catch(keep);
      await window.api.invoke('echo', () => 1).catch(keep);
      return caught;
    });
    expect(messages).toEqual(['raised', 'refused', 'An object could not be cloned.']);
  });

  it('keeps out of frames: only the top one has the API', async () => {
    const frame = fixture.page.frame({ url: /frame\.html/ });
    expect(await frame?.evaluate(() => typeof window.api)).toBe('undefined');
    expect(await fixture.page.evaluate(() => typeof window.api)).toBe('object');
  });

  it('gives the preload Electron’s facts', async () => {
    const facts = await fixture.page.evaluate(() => window.api.facts);
    expect(facts).toMatchObject({ argv: true, type: 'renderer', electron: expect.stringMatching(/^\d+\./) });
  });
});

describe.skipIf(!CAN_RUN)('ipc', () => {
  it('names the sender: the main frame, with the app’s own URL', async () => {
    expect(await fixture.page.evaluate(() => window.api.invoke('who'))).toEqual({
      isMainFrame: true,
      url: 'app://bundle/index.html',
      origin: 'app://bundle',
      isWindow: true,
    });
  });

  it('carries arguments and answers', async () => {
    const got = await fixture.page.evaluate(async () => {
      const answer = await window.api.invoke('echo', 1n, new Uint8Array([7]), new Map([['a', undefined]]));
      if (!Array.isArray(answer)) return 'no list';
      const [big, bytes, map] = answer;
      return [typeof big, bytes instanceof Uint8Array && bytes[0], map instanceof Map && map.has('a')];
    });
    expect(got).toEqual(['bigint', 7, true]);
  });

  it.each([
    ['fail', "Error invoking remote method 'fail': TypeError: no such wren"],
    ['nobody', "Error invoking remote method 'nobody': Error: No handler registered for 'nobody'"],
  ])('answers %s with Electron’s error text', async (channel, text) => {
    const message = await fixture.page.evaluate(
      (name) => window.api.invoke(name).catch((error: Error) => error.message),
      channel,
    );
    expect(message).toBe(text);
  });

  it('lets a reply be heard before an event that was sent after it, also when both come at once', async () => {
    const { page } = fixture;
    const heard = await page.evaluate(async () => {
      const order: string[] = [];
      const event = new Promise<void>((resolve) => {
        window.api.on('news', () => {
          order.push('event');
          resolve();
        });
      });
      // Main answers all of these in one go and tells the news right behind the last.
      await Promise.all(
        [1, 2, 3].map((n) => window.api.invoke('answer-then-tell', n).then(() => order.push(`reply ${n}`))),
      );
      await event;
      return order;
    });
    expect(heard).toEqual(['reply 1', 'reply 2', 'reply 3', 'event']);
  });

  it('works under the app’s CSP without a violation; the inline script is the one that is seen', async () => {
    expect(await fixture.page.evaluate(() => window.violations)).toEqual(['script-src-elem']);
  });

  it('leaves no token where the page can find it', async () => {
    const names = await fixture.page.evaluate(() =>
      performance.getEntriesByType('resource').map(({ name }) => name),
    );
    expect(names.filter((name) => /token|[0-9a-f]{40}/.test(name))).toEqual([]);
  });

  it('survives a reload: preload again, old calls and ports gone, main unharmed', async () => {
    const { app, page } = fixture;
    await page.evaluate(async () => {
      void window.api.invoke('never').catch(() => {});
      await (await window.api.port()).call('x');
    });
    await page.reload();
    expect(await page.evaluate(() => window.api.invoke('echo', 'again'))).toEqual(['again']);
    await until(() => app.evaluate(() => globalThis.seen.events.includes('port closed')));
    const later = page.evaluate(() => new Promise((resolve) => window.api.on('news', resolve)));
    await page.evaluate(() => window.api.invoke('echo'));
    await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.send('news', 42));
    expect(await later).toBe(42);
  });
});

describe.skipIf(!CAN_RUN)('files', () => {
  it('knows the path of a chosen file, and none for one made in the page', async () => {
    const { page } = fixture;
    await page.setInputFiles('#file', `${import.meta.dirname}/README.md`);
    await page.waitForFunction(() => window.dropped.length > 0);
    expect(await page.evaluate(() => window.dropped)).toEqual([`${import.meta.dirname}/README.md`]);
    expect(await page.evaluate(() => window.api.pathOf(new File(['x'], 'x.txt')))).toBe('');
  });

  it('knows the path of a dropped file', async () => {
    const { page } = fixture;
    await page.evaluate(() => (window.dropped = []));
    const cdp = await page.context().newCDPSession(page);
    const box = await page.locator('#drop').boundingBox();
    const at = { x: (box?.x ?? 0) + 10, y: (box?.y ?? 0) + 10 };
    const data = { items: [], files: [`${import.meta.dirname}/electron.ts`], dragOperationsMask: 1 };
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
      await cdp.send('Input.dispatchDragEvent', { type, ...at, data });
    }
    await page.waitForFunction(() => window.dropped.length > 0);
    expect(await page.evaluate(() => window.dropped)).toEqual([`${import.meta.dirname}/electron.ts`]);
  });
});
