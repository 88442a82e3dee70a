import { describe, expect, test } from 'vitest';
import { checkWebhook, keysOf, webhookError } from './webhook.ts';
import type { Delivery, WebhookFault } from './webhook.ts';
import { jwksOf, newKey, signed } from './webhook.fixture.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const KEY = newKey();
const BODY = '{"request_id":"r-1","status":"OK","payload":{"seed":18446744073709551615,"text":"Grüße"}}';
const OURS = [KEY.publicKey];

const minutes = (n: number): number => n * 60_000;
const without = ({ headers, body }: Delivery, header: string): Delivery => ({
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== header)),
  body,
});
const having = ({ headers, body }: Delivery, name: string, value: string): Delivery => ({
  headers: { ...headers, [name]: value },
  body,
});

test('what fal signed is genuine, whatever the case of its headers, to the limit of five minutes', () => {
  const sent = signed(KEY, BODY, NOW);
  const genuine = { ok: true, value: { requestId: 'r-1', userId: 'user_1', sentAt: NOW } };
  expect(checkWebhook(sent, OURS, NOW)).toEqual(genuine);
  const lower = Object.entries(sent.headers).map(([name, value]) => [name.toLowerCase(), value]);
  expect(checkWebhook({ ...sent, headers: Object.fromEntries(lower) }, OURS, NOW)).toEqual(genuine);
  for (const now of [NOW - minutes(5), NOW + minutes(5)])
    expect(checkWebhook(sent, OURS, now)).toEqual(genuine);
});

test('of several keys any may fit', () => {
  const sent = signed(KEY, BODY, NOW);
  expect(checkWebhook(sent, [newKey().publicKey, KEY.publicKey], NOW)).toMatchObject({ ok: true });
});

describe('each reason not to believe a delivery', () => {
  const sent = signed(KEY, BODY, NOW);
  test.each<[string, Delivery, number, WebhookFault]>([
    ...[
      'x-fal-webhook-request-id',
      'x-fal-webhook-user-id',
      'x-fal-webhook-timestamp',
      'x-fal-webhook-signature',
    ].map((header): [string, Delivery, number, WebhookFault] => [
      `no ${header}`,
      without(sent, header),
      NOW,
      { reason: 'header-missing', header },
    ]),
    [
      'an empty header',
      having(sent, 'X-Fal-Webhook-User-Id', '  '),
      NOW,
      { reason: 'header-missing', header: 'x-fal-webhook-user-id' },
    ],
    [
      'a time that is none',
      having(sent, 'X-Fal-Webhook-Timestamp', 'soon'),
      NOW,
      { reason: 'time-unreadable', text: 'soon' },
    ],
    ['an old one, played again', sent, NOW + 301_000, { reason: 'time-off', seconds: 301 }],
    ['one of the future', sent, NOW - 301_000, { reason: 'time-off', seconds: -301 }],
    ['no hexadecimal', having(sent, 'X-Fal-Webhook-Signature', 'z'.repeat(128)), NOW, { reason: 'not-hex' }],
    ['too short a signature', having(sent, 'X-Fal-Webhook-Signature', 'ab'), NOW, { reason: 'not-hex' }],
    [
      'one byte of the body changed',
      { ...sent, body: Buffer.from(BODY.replace('r-1', 'r-2')) },
      NOW,
      { reason: 'no-key-fits', keys: 1 },
    ],
    [
      'a body that was parsed and written anew',
      { ...sent, body: Buffer.from(JSON.stringify(JSON.parse(BODY))) },
      NOW,
      { reason: 'no-key-fits', keys: 1 },
    ],
    [
      'a header that was not signed so',
      having(sent, 'X-Fal-Webhook-User-Id', 'user_2'),
      NOW,
      { reason: 'no-key-fits', keys: 1 },
    ],
    [
      'a time moved into the present',
      having(signed(KEY, BODY, NOW - minutes(60)), 'X-Fal-Webhook-Timestamp', String(NOW / 1000)),
      NOW,
      { reason: 'no-key-fits', keys: 1 },
    ],
    ['another’s key', signed(newKey(), BODY, NOW), NOW, { reason: 'no-key-fits', keys: 1 }],
  ])('%s', (_name, delivery, now, fault) => {
    expect(checkWebhook(delivery, OURS, now)).toEqual({ ok: false, error: fault });
    const said = webhookError(fault);
    expect(said).toMatchObject({ kind: 'input', title: expect.stringMatching(/[^.]$/) });
    expect([said.detail, said.hint]).not.toContain('');
  });

  test('no key at all', () => {
    expect(checkWebhook(sent, [], NOW)).toEqual({ ok: false, error: { reason: 'no-key-fits', keys: 0 } });
  });
});

describe('a clock that is wrong is told in words', () => {
  test.each([
    [3_600, 'sent 1 hour before now', 'wrong by an hour'],
    [-3_600 - 120, '1 hour 2 minutes after now', 'wrong by an hour'],
    [7_200, 'sent 2 hours before now', 'wrong by 2 hours'],
    [1_500, '25 minutes before now', 'this computer’s clock is wrong'],
    [3 * 86_400 + 3_600, '3 days 1 hour before now', 'this computer’s clock is wrong'],
  ])('%i s', (seconds, detail, hint) => {
    const said = webhookError({ reason: 'time-off', seconds });
    expect(said.detail).toContain(detail);
    expect(said.hint).toContain(hint);
  });
});

describe('the keys of a JWKS', () => {
  test('those that can sign a webhook; others are passed over', () => {
    const { keys } = jwksOf(KEY);
    const others = [null, { kty: 'RSA', n: 'x', e: 'AQAB' }, { kty: 'OKP', crv: 'Ed25519', x: 'short' }];
    const read = keysOf({ keys: [...others, ...keys] });
    expect(read?.map((key) => key.equals(KEY.publicKey))).toEqual([true]);
  });

  test.each([[null], ['<html>'], [{}], [{ keys: 'none' }]])('%j is no JWKS', (jwks) => {
    expect(keysOf(jwks)).toBeNull();
  });
});
