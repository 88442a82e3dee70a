import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalFal } from '../index.ts';
import { startLocalFal } from '../index.ts';
import { call, dig, eventsOf, text } from '../testing.ts';
import { notesOn, tokensOf } from './notes-text.ts';

const ID = 'demo/field-notes';
const json = { prompt: 'a lake at dawn', paragraphs: 2 };
let server: LocalFal;
beforeAll(async () => {
  server = await startLocalFal({ pace: 0 });
});
afterAll(() => server.close());

test('tokens are the text, and no character is cut', () => {
  const written = notesOn('wide — 山 and 🏔️', 20);
  const tokens = tokensOf(written);
  expect(tokens.join('')).toBe(written);
  expect(tokens.filter((token) => /^[\udc00-\udfff]|[\ud800-\udbff]$/.test(token))).toEqual([]);
});

test('a stream tells the text so far, and last the whole of it, as a direct call does', async () => {
  const direct = await call(`${server.hosts.run}/${ID}`, { json });
  const whole = text(dig(direct.body, 'output'));
  expect(whole).toMatch(/^## a lake at dawn\n\n/);
  const streamed = await call(`${server.hosts.run}/${ID}/stream`, { json });
  const events = eventsOf(streamed.body);
  expect(events.length).toBeGreaterThan(50);
  expect(events.at(-1)).toEqual({ output: whole, partial: false });
  for (const event of events) expect(whole.startsWith(text(dig(event, 'output')))).toBe(true);
});

test('what the document forbids is refused on its field', async () => {
  const refused = async (input: unknown): Promise<unknown> =>
    dig((await call(`${server.hosts.run}/${ID}`, { json: input })).body, 'detail', 0, 'loc');
  expect(await refused({})).toEqual(['body', 'prompt']);
  expect(await refused({ prompt: 'x', paragraphs: 0 })).toEqual(['body', 'paragraphs']);
});
