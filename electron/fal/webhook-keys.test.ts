import type { ServerResponse } from 'node:http';
import { expect, test, vi } from 'vitest';
import { SYSTEM_CLOCK } from './clock.ts';
import { connectionTo, deadAddress, hostsAt, json, never, serve } from './fal.fixture.ts';
import type { TinyServer } from './fal.fixture.ts';
import { WebhookVerifier } from './webhook-keys.ts';
import { jwksOf, newKey, signed } from './webhook.fixture.ts';
import type { SigningKey } from './webhook.fixture.ts';

const HOUR = 3_600_000;
const START = Date.parse('2026-03-01T12:00:00Z');

/** fal's other side with keys that can be changed, and a clock that a test sets. */
async function side(...first: readonly SigningKey[]) {
  let [keys, now] = [first, START];
  let answer = (response: ServerResponse): void => json(response, 200, jwksOf(...keys));
  const server = await serve((response) => answer(response));
  return {
    server,
    verifier: new WebhookVerifier(
      connectionTo(server.hosts, {
        clock: { ...SYSTEM_CLOCK, now: () => now },
        backoff: { tries: 1, base: 1, cap: 1 },
      }),
    ),
    answers: (other: typeof answer) => void (answer = other),
    change: (...changed: readonly SigningKey[]) => void (keys = changed),
    at: (time: number) => void (now = time),
    sent: (key: SigningKey) => signed(key, '{}', now),
  };
}

const reads = ({ seen }: TinyServer): number => seen.length;

test('the keys are read once a day, from the rest host, without the key', async () => {
  const key = newKey();
  const { server, verifier, at, sent } = await side(key);
  expect(await verifier.verify(sent(key), never())).toMatchObject({ ok: true, value: { requestId: 'r-1' } });
  expect(server.seen).toMatchObject([{ method: 'GET', url: '/rest/.well-known/jwks.json' }]);
  expect(server.seen[0]?.headers.authorization).toBeUndefined();
  at(START + 24 * HOUR - 1);
  expect(await verifier.verify(sent(key), never())).toMatchObject({ ok: true });
  expect(reads(server)).toBe(1);
  at(START + 24 * HOUR);
  expect(await verifier.verify(sent(key), never())).toMatchObject({ ok: true });
  expect(reads(server)).toBe(2);
  // A clock that was set back says nothing of how old they are.
  at(START);
  expect(await verifier.verify(sent(key), never())).toMatchObject({ ok: true });
  expect(reads(server)).toBe(3);
});

test('a key that fal took up since is read when none fits, and the one it gave up is good no more', async () => {
  const [before, after] = [newKey(), newKey()];
  const { server, verifier, change, at, sent } = await side(before);
  await verifier.verify(sent(before), never());
  change(before, after);
  at(START + HOUR);
  expect(await verifier.verify(sent(after), never())).toMatchObject({ ok: true });
  expect(await verifier.verify(sent(before), never())).toMatchObject({ ok: true });
  expect(reads(server)).toBe(2);
  change(after);
  at(START + 25 * HOUR);
  expect(await verifier.verify(sent(before), never())).toMatchObject({
    ok: false,
    error: { kind: 'input', title: 'The signature is not fal’s' },
  });
});

test('forgeries make us ask no more than once a minute', async () => {
  const { server, verifier, at, sent } = await side(newKey());
  for (let second = 0; second < 60; second += 1) {
    at(START + second * 1000);
    expect(await verifier.verify(sent(newKey()), never())).toMatchObject({ ok: false });
  }
  expect(reads(server)).toBe(1);
  at(START + 60_000);
  expect(await verifier.verify(sent(newKey()), never())).toMatchObject({ ok: false });
  expect(reads(server)).toBe(2);
});

test('deliveries that come at once ask once, and each is told what became of it', async () => {
  const [before, after] = [newKey(), newKey()];
  const { server, verifier, change, at, sent } = await side(before);
  const all = (...keys: readonly SigningKey[]) =>
    Promise.all(keys.map((key) => verifier.verify(sent(key), never())));
  expect((await all(before, before, newKey())).map(({ ok }) => ok)).toEqual([true, true, false]);
  expect(reads(server)).toBe(1);
  change(before, after);
  at(START + HOUR);
  const forged = Array.from({ length: 20 }, newKey);
  expect((await all(...forged, after, before)).map(({ ok }) => ok).slice(19)).toEqual([false, true, true]);
  expect(reads(server)).toBe(2);
});

test('keys that cannot be renewed are still good, and forgeries do not make us ask at each of them', async () => {
  const key = newKey();
  const { server, verifier, answers, at, sent } = await side(key);
  await verifier.verify(sent(key), never());
  answers((response) => json(response, 500, { detail: 'Later' }));
  for (let second = 60; second < 120; second += 10) {
    at(START + second * 1000);
    expect(await verifier.verify(sent(newKey()), never())).toMatchObject({
      error: { kind: 'input', title: 'The signature is not fal’s' },
    });
    expect(await verifier.verify(sent(key), never())).toMatchObject({ ok: true });
  }
  expect(reads(server)).toBe(2);
});

test('without keys they are asked for again soon, but not at each delivery', async () => {
  const key = newKey();
  const { server, verifier, answers, at, sent } = await side();
  answers((response) => json(response, 500, { detail: 'Later' }));
  for (let second = 0; second < 5; second += 1) {
    at(START + second * 1000);
    expect(await verifier.verify(sent(key), never())).toMatchObject({ error: { detail: 'Later' } });
  }
  expect(reads(server)).toBe(1);
  answers((response) => json(response, 200, jwksOf(key)));
  at(START + 5000);
  expect(await verifier.verify(sent(key), never())).toMatchObject({ ok: true });
  expect(reads(server)).toBe(2);
});

test('one that is stopped goes at once, the others still get the keys, and without anyone it is over', async () => {
  const key = newKey();
  const { server, verifier, answers, sent } = await side(key);
  const held: ServerResponse[] = [];
  answers((response) => void held.push(response));
  const [one, other] = [new AbortController(), new AbortController()];
  const stopped = verifier.verify(sent(key), one.signal);
  const alone = verifier.verify(sent(key), other.signal);
  await vi.waitUntil(() => held.length === 1);
  one.abort();
  expect(await stopped).toMatchObject({ ok: false, error: { kind: 'cancelled' } });
  other.abort();
  expect(await alone).toMatchObject({ error: { kind: 'cancelled' } });
  await vi.waitUntil(() => held[0]?.destroyed === true);

  const first = new AbortController();
  const left = verifier.verify(sent(key), first.signal);
  const stays = verifier.verify(sent(key), never());
  await vi.waitUntil(() => held.length === 2);
  first.abort();
  expect(await left).toMatchObject({ error: { kind: 'cancelled' } });
  held.slice(1).forEach((response) => json(response, 200, jwksOf(key)));
  expect(await stays).toMatchObject({ ok: true });
  expect(reads(server)).toBe(2);
});

test('what no key could mend is said without a word to fal', async () => {
  const key = newKey();
  const { server, verifier, at, sent } = await side(key);
  const old = sent(key);
  at(START + HOUR);
  expect(await verifier.verify(old, never())).toMatchObject({
    error: { kind: 'input', hint: expect.stringContaining('wrong by an hour') },
  });
  expect(await verifier.verify(old, never(), START)).toMatchObject({ ok: true });
  expect(await verifier.verify({ headers: {}, body: old.body }, never())).toMatchObject({ ok: false });
  expect(reads(server)).toBe(1);
});

test('keys that cannot be read are the reason, and nothing is known of the delivery', async () => {
  const key = newKey();
  const page = await serve((response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<p>'));
  const busy = await serve((response) => json(response, 503, { detail: 'Later' }));
  const delivery = signed(key, '{}', START);
  const failures = [
    [page.hosts, 'protocol', 'holds no JWKS'],
    [busy.hosts, 'busy', 'Later'],
    [hostsAt(await deadAddress()), 'network', 'ECONNREFUSED'],
  ] as const;
  for (const [hosts, kind, detail] of failures) {
    const verifier = new WebhookVerifier(
      connectionTo(hosts, { clock: { ...SYSTEM_CLOCK, now: () => START } }),
    );
    expect(await verifier.verify(delivery, never())).toMatchObject({
      ok: false,
      error: {
        kind,
        title: 'fal’s keys for webhooks cannot be read',
        detail: expect.stringContaining(detail),
      },
    });
  }
});
