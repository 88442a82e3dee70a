import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, root, test } from './app.ts';
import type { Opened } from './app.ts';

/**
 * Every guard of the window, twice: with the app as it is built the attack fails; with that one guard taken out of a
 * copy of the build the same attack succeeds, so the test cannot pass for another reason.
 */

interface Guard {
  readonly name: string;
  /** Takes the guard out of main's bundle. */
  readonly without: (main: string) => string;
  /** Tries what the guard forbids; true when it worked. */
  readonly attack: (opened: Opened, outside: Outside) => Promise<boolean>;
}

/** A page elsewhere, and whether anybody came. */
interface Outside {
  readonly url: string;
  readonly visits: () => number;
}

const cut =
  (what: RegExp, by: string) =>
  (main: string): string => {
    const changed = main.replace(what, by);
    if (changed === main) throw new Error(`The bundle has no ${String(what)} to take out.`);
    return changed;
  };

const GUARDS: readonly Guard[] = [
  {
    name: 'a new window',
    without: cut(/contents\.setWindowOpenHandler\(/, '((unused) => unused)('),
    attack: async ({ page }, outside) => {
      await page.evaluate((url) => void window.open(url), outside.url);
      // A window that opens comes to its page; nobody coming within this time is what refusal looks like.
      return expect
        .poll(outside.visits, { timeout: 3000 })
        .toBeGreaterThan(0)
        .then(
          () => true,
          () => false,
        );
    },
  },
  {
    name: 'a navigation away',
    without: (main) =>
      ['will-frame-navigate', 'will-redirect'].reduce(
        (text, event) => cut(new RegExp(`contents\\.on\\("${event}"`), `contents.on("never-${event}"`)(text),
        main,
      ),
    attack: async ({ app, page }, outside) => {
      // Heard after the app's own listener, so that it shows what that one decided.
      await app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows();
        const decided = new Promise((resolve) =>
          window?.webContents.on('will-frame-navigate', (event) =>
            setImmediate(() => resolve(event.defaultPrevented)),
          ),
        );
        Reflect.set(globalThis, 'decided', decided);
      });
      await page.evaluate((url) => window.location.assign(url), outside.url);
      const prevented: unknown = await app.evaluate(() => Reflect.get(globalThis, 'decided'));
      if (prevented !== true) await expect.poll(outside.visits).toBeGreaterThan(0);
      return outside.visits() > 0;
    },
  },
  {
    name: 'a permission',
    without: (main) =>
      cut(
        /session\.setPermissionRequestHandler\(/,
        '((unused) => unused)(',
      )(cut(/session\.setPermissionCheckHandler\(/, '((unused) => unused)(')(main)),
    attack: ({ page }) =>
      page.evaluate(async () => {
        const states = await Promise.all([
          navigator.permissions.query({ name: 'geolocation' }),
          navigator.permissions.query({ name: 'notifications' }),
        ]);
        return states.some((status) => status.state === 'granted');
      }),
  },
  {
    name: 'a script from elsewhere',
    without: cut(/"content-security-policy": PAGE_POLICY,?/, ''),
    attack: ({ page }, outside) =>
      page.evaluate(
        (url) =>
          new Promise<boolean>((resolve) => {
            const script = document.createElement('script');
            script.src = `${url}attack.js`;
            script.addEventListener('load', () => resolve(true));
            script.addEventListener('error', () => resolve(false));
            document.head.append(script);
          }),
        outside.url,
      ),
  },
  {
    name: 'a request to elsewhere',
    without: cut(/"content-security-policy": PAGE_POLICY,?/, ''),
    attack: ({ page }, outside) =>
      page.evaluate(
        (url) =>
          fetch(url, { mode: 'no-cors' }).then(
            () => true,
            () => false,
          ),
        outside.url,
      ),
  },
  {
    name: 'a text run as code',
    without: cut(/"content-security-policy": PAGE_POLICY,?/, ''),
    attack: ({ page }) =>
      page.evaluate(() => {
        const script = document.createElement('script');
        script.textContent = 'window.ran = true';
        document.head.append(script);
        return 'ran' in window;
      }),
  },
  {
    name: 'a command from a page that took the window over',
    // The guards of navigation are out in both builds; only the check of the sender differs.
    without: cut(/senderFrame === window\.webContents\.mainFrame && isAppPage\(senderFrame\.url\)/, 'true'),
    attack: async ({ page }, outside) => {
      await page.goto(outside.url);
      return page.evaluate(async () => {
        // Electron runs the preload in every page of the window; that is why main looks at who asks.
        const answer = await window.playground.commands['profiles.list'](null);
        return answer.ok;
      });
    },
  },
];

let outside: Outside & { readonly close: () => void };

test.beforeAll(async () => {
  let visits = 0;
  const server = createServer((request, response) => {
    if (request.url !== '/favicon.ico') visits += 1;
    response.writeHead(200, {
      'content-type': request.url === '/attack.js' ? 'text/javascript' : 'text/html',
    });
    response.end(
      request.url === '/attack.js' ? 'window.attacked = true' : '<!doctype html><title>Elsewhere</title>',
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  outside = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    visits: () => visits,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
});
test.afterAll(() => outside.close());

for (const guard of GUARDS) {
  test(`${guard.name} is refused`, async ({ launch }) => {
    const before = outside.visits();
    const opened = await launch({ allowFaults: true });
    expect(await guard.attack(opened, { ...outside, visits: () => outside.visits() - before })).toBe(false);
  });

  test(`${guard.name} gets through once its guard is taken out`, async ({ launch }) => {
    const before = outside.visits();
    const appDir = appWithout(guard);
    try {
      const opened = await launch({ allowFaults: true, appDir });
      expect(await guard.attack(opened, { ...outside, visits: () => outside.visits() - before })).toBe(true);
      await opened.close();
    } finally {
      rmSync(appDir, { recursive: true, force: true });
    }
  });
}

test('the window sees the contract and nothing else of main', async ({ launch }) => {
  const { page } = await launch();
  const seen = await page.evaluate(() => ({
    frozen: Object.isFrozen(window.playground) && Object.isFrozen(window.playground.commands),
    parts: Object.keys(window.playground),
    node: ['require', 'process', 'module', 'Buffer'].filter((name) => name in window),
  }));
  expect(seen).toEqual({ frozen: true, parts: ['commands', 'events'], node: [] });
});

test('what a model made is opened by nobody as a page, and its folder cannot be left', async ({ launch }) => {
  // It asks for files that are not there, which the page's console notes.
  const { page, ui } = await launch({ allowFaults: true });
  await ui.prompt.fill('a hill');
  await ui.run();
  await ui.done();
  const src = await ui.picture.getAttribute('src');
  const answers = await page.evaluate(async (media) => {
    const file = await fetch(media);
    const part = await fetch(media, { headers: { range: 'bytes=1-3' } });
    const outsideOf = await Promise.all(
      ['/../package.json', '/%2e%2e/main/main.js', '/media/../../history.db', `/media/${'0'.repeat(64)}`].map(
        async (path) => (await fetch(path)).status,
      ),
    );
    return {
      policy: file.headers.get('content-security-policy'),
      sniff: file.headers.get('x-content-type-options'),
      type: file.headers.get('content-type'),
      part: [part.status, await part.text()],
      outsideOf,
    };
  }, src ?? '');
  expect(answers).toEqual({
    policy: "sandbox; default-src 'none'",
    sniff: 'nosniff',
    type: 'image/png',
    part: [206, 'PNG'],
    outsideOf: [404, 404, 404, 404],
  });
});

/** A copy of the built app with one guard taken out. */
function appWithout(guard: Guard): string {
  const dir = mkdtempSync(join(tmpdir(), 'unguarded-'));
  mkdirSync(join(dir, 'out'));
  cpSync(join(root, 'package.json'), join(dir, 'package.json'));
  cpSync(join(root, 'out', 'main'), join(dir, 'out', 'main'), { recursive: true });
  for (const part of ['preload', 'renderer'])
    symlinkSync(join(root, 'out', part), join(dir, 'out', part), 'junction');
  const main = join(dir, 'out', 'main', 'main.js');
  writeFileSync(main, guard.without(readFileSync(main, 'utf8')));
  return dir;
}
