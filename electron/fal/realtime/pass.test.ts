import { expect, test } from 'vitest';
import { connectionTo, idOf, json, never, serve } from '../fal.fixture.ts';
import { PassBook } from './pass.ts';

test('a token that was asked for before the book was told to forget is not used afterwards', async () => {
  const waiting: (() => void)[] = [];
  let given = 0;
  const server = await serve((response) => {
    given += 1;
    const token = `token-${given}`;
    waiting.push(() => json(response, 200, token));
    if (given > 1) waiting.at(-1)?.();
  });
  const connection = connectionTo(server.hosts);
  const book = new PassBook({ connection, endpoint: idOf('acme/bird'), way: 'token', tokenSeconds: 120 });
  const early = book.get(never());
  while (waiting.length === 0) await new Promise((resolve) => setImmediate(resolve));
  book.forget();
  waiting[0]?.();
  await early;
  expect(await book.get(never())).toEqual({ ok: true, value: { kind: 'token', token: 'token-2' } });
  // One that was asked for since is kept.
  expect(await book.get(never())).toEqual({ ok: true, value: { kind: 'token', token: 'token-2' } });
});
