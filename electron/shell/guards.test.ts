import type { BrowserWindow } from 'electron';
import { expect, test } from 'vitest';
import { createTeller } from '../ipc/tell.ts';
import { MEDIA_POLICY, PAGE_POLICY, developmentPolicy } from './csp.ts';
import { isSafeExternal } from './guards.ts';

const directives = (policy: string): Map<string, string> =>
  new Map(
    policy.split('; ').map((part): [string, string] => {
      const space = part.indexOf(' ');
      return space < 0 ? [part, ''] : [part.slice(0, space), part.slice(space + 1)];
    }),
  );

test('the page’s policy is the one of the design, word for word', () => {
  expect(PAGE_POLICY).toBe(
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' blob: data:; " +
      "media-src 'self' blob:; font-src 'self'; connect-src 'self' blob:; worker-src 'self'; frame-src 'none'; " +
      "base-uri 'none'; form-action 'none'; object-src 'none'",
  );
  expect(MEDIA_POLICY).toBe("sandbox; default-src 'none'");
});

test('development opens two things and nothing else: its own server, and its inline preamble', () => {
  const page = directives(PAGE_POLICY);
  const development = directives(developmentPolicy('http://localhost:5173/path'));
  expect(development.get('script-src')).toBe("'self' 'unsafe-inline'");
  expect(development.get('connect-src')).toBe("'self' blob: ws://localhost:5173 http://localhost:5173");
  for (const name of ['script-src', 'connect-src']) development.set(name, page.get(name) ?? '');
  expect(development).toEqual(page);
});

test.each([
  ['https://fal.ai/models', true],
  ['http://fal.ai', false],
  ['https://fal.ai@evil.example', false],
  ['https://:secret@evil.example', false],
  ['file:///etc/passwd', false],
  ['javascript:alert(1)', false],
  ['ms-settings:privacy', false],
  ['app://bundle/index.html', false],
  ['//fal.ai', false],
  ['', false],
])('%j may be opened outside: %s', (url, expected) => expect(isSafeExternal(url)).toBe(expected));

test('a window that is gone is told nothing', () => {
  const sent: unknown[] = [];
  const gone = { window: false, contents: false };
  const window = {
    isDestroyed: () => gone.window,
    webContents: { isDestroyed: () => gone.contents, send: (...args: unknown[]) => sent.push(args) },
  };
  let current: typeof window | null = window;
  // The teller asks for these three members and no more.
  const tell = createTeller(() => current as BrowserWindow | null);
  const payload = { id: 1, entries: [] };
  tell('runs.logged', payload);
  expect(sent).toEqual([['runs.logged', payload]]);
  gone.contents = true;
  tell('runs.logged', payload);
  gone.contents = false;
  gone.window = true;
  tell('runs.logged', payload);
  current = null;
  tell('runs.logged', payload);
  expect(sent).toHaveLength(1);
});
