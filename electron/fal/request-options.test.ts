import { describe, expect, test } from 'vitest';
import { connectionTo, idOf, json, never, serve, startFal } from './fal.fixture.ts';
import { FAL_HOSTS } from './hosts.ts';
import { submit } from './queue.ts';
import { prepare } from './request-options.ts';
import type { RequestOptions } from '../../shared/fal/request-options.ts';

const BIRD = idOf('acme/bird');

const headersFor = (options: RequestOptions): unknown => {
  const prepared = prepare(FAL_HOSTS, BIRD, options, 'submit');
  return prepared.ok ? prepared.value.headers : prepared.error;
};

describe('what an option becomes (fal-protocol §4.1, §9.1)', () => {
  test.each<[string, RequestOptions, Record<string, string>]>([
    ['nothing asked for', {}, {}],
    ['priority', { priority: 'low' }, { 'x-fal-queue-priority': 'low' }],
    ['hint', { hint: 'the-same-one' }, { 'x-fal-runner-hint': 'the-same-one' }],
    ['start time-out, whole', { startTimeout: 30 }, { 'x-fal-request-timeout': '30' }],
    ['start time-out, a part', { startTimeout: 1.5 }, { 'x-fal-request-timeout': '1.5' }],
    ['no retry', { noRetry: true }, { 'x-fal-no-retry': '1' }],
    ['retry as always', { noRetry: false }, {}],
    [
      'retries by condition',
      { retryConfig: { timeout: { retries: 0 }, server_error: { retries: 3 } } },
      { 'x-fal-retry-config': '{"timeout":{"retries":0},"server_error":{"retries":3}}' },
    ],
    ['store-IO off', { storeIo: false }, { 'x-fal-store-io': '0' }],
    ['store-IO on', { storeIo: true }, {}],
    ['no fallback', { disableFallback: true }, { 'x-app-fal-disable-fallback': 'true' }],
    [
      'lifecycle by name',
      { lifecycle: { expiresIn: '1d' } },
      { 'x-fal-object-lifecycle-preference': '{"expiration_duration_seconds":86400}' },
    ],
    ['lifecycle for ever', { lifecycle: { expiresIn: 'never' } }, {}],
    [
      'lifecycle with readers',
      {
        lifecycle: {
          expiresIn: 90,
          initialAcl: { default: 'hide', rules: [{ user: 'möwe', decision: 'allow' }] },
        },
      },
      {
        'x-fal-object-lifecycle-preference':
          '{"expiration_duration_seconds":90,"initial_acl":{"default":"hide","rules":[{"user":"m\\u00f6we","decision":"allow"}]}}',
      },
    ],
    ['headers of one’s own', { headers: { 'X-Team': 'a' } }, { 'x-team': 'a' }],
    [
      'an option comes before a header',
      { headers: { 'X-Fal-Queue-Priority': 'normal', 'X-Fal-No-Retry': '0' }, priority: 'low' },
      { 'x-fal-queue-priority': 'low', 'x-fal-no-retry': '0' },
    ],
    [
      'what is the connection’s is left out',
      {
        headers: {
          Authorization: 'Key stolen',
          'proxy-authorization': 'x',
          Host: 'evil',
          'Content-Length': '1',
          Cookie: 'x',
        },
      },
      {},
    ],
  ])('%s', (_name, options, expected) => expect(headersFor(options)).toEqual(expected));

  test('webhook and queue length are in the address, the path behind the id', () => {
    expect(
      prepare(
        FAL_HOSTS,
        BIRD,
        { path: '/turbo', webhookUrl: 'https://me.example/hook?a=1&b=2', maxQueueLength: 0, timeout: 2.5 },
        'submit',
      ),
    ).toEqual({
      ok: true,
      value: {
        url: 'https://queue.fal.run/acme/bird/turbo?fal_webhook=https%3A%2F%2Fme.example%2Fhook%3Fa%3D1%26b%3D2&fal_max_queue_length=0',
        headers: {},
        limit: 2500,
        stallLimit: 60_000,
      },
    });
  });

  test.each([
    ['run', 'https://fal.run/acme/bird'],
    ['stream', 'https://fal.run/acme/bird/stream'],
    ['submit', 'https://queue.fal.run/acme/bird'],
  ] as const)('%s goes to %s', (use, url) =>
    expect(prepare(FAL_HOSTS, BIRD, {}, use)).toMatchObject({ value: { url } }),
  );
});

describe('what cannot be sent is refused before anything is', () => {
  test.each<[RequestOptions]>([
    [{ startTimeout: 1 }],
    [{ startTimeout: Infinity }],
    [{ startTimeout: Number.NaN }],
    [{ timeout: 0 }],
    [{ timeout: -1 }],
    [{ timeout: 1e10 }],
    [{ stallTimeout: 0 }],
    [{ hint: '' }],
    [{ hint: 'a\nb' }],
    [{ hint: 'möwe→' }],
    [{ headers: { 'a b': 'c' } }],
    [{ headers: { a: 'b\r\nx-evil: 1' } }],
    [{ webhookUrl: 'ftp://me.example' }],
    [{ webhookUrl: 'me.example' }],
    [{ maxQueueLength: -1 }],
    [{ maxQueueLength: 1.5 }],
    [{ lifecycle: { expiresIn: 0 } }],
    [{ path: '../other' }],
  ])('%j', async (options) => {
    const server = await serve((response) => json(response, 200, { request_id: 'r-1' }));
    const sent = await submit(connectionTo(server.hosts), BIRD, {}, never(), undefined, options);
    expect(sent).toMatchObject({ ok: false, error: { kind: 'input' } });
    expect(server.seen).toEqual([]);
  });

  test.each(['run', 'stream'] as const)('a webhook and a queue length with %s', (use) => {
    for (const options of [{ webhookUrl: 'https://me.example' }, { maxQueueLength: 3 }])
      expect(prepare(FAL_HOSTS, BIRD, options, use)).toMatchObject({ ok: false, error: { kind: 'input' } });
  });
});

describe('a submit with options', () => {
  test('carries them, and the key stays the connection’s own', async () => {
    const server = await serve((response) => json(response, 200, { request_id: 'r-1' }));
    const options = { headers: { authorization: 'Key other', 'X-Team': 'a' }, hint: 'h', path: 'turbo' };
    await submit(connectionTo(server.hosts), BIRD, { a: 1 }, never(), undefined, options);
    expect(server.seen).toMatchObject([
      {
        url: '/queue/acme/bird/turbo',
        body: '{"a":1}',
        headers: { authorization: 'Key demo:demo', 'x-team': 'a', 'x-fal-runner-hint': 'h' },
      },
    ]);
  });

  test('a queue that is too long does not take it, and says so', async () => {
    const fal = await startFal({ faults: ['hold:queued'] });
    const connection = connectionTo(fal.hosts, { backoff: { tries: 1, base: 1, cap: 1 } });
    const send = () =>
      submit(connection, idOf('demo/hillside'), { prompt: 'x' }, never(), undefined, { maxQueueLength: 0 });
    expect(await send()).toMatchObject({ ok: true });
    expect(await send()).toMatchObject({ ok: false, error: { kind: 'busy' } });
  });

  test('a limit of ours that runs out leaves it unconfirmed: it may have been taken', async () => {
    const server = await serve(() => undefined);
    const sent = await submit(connectionTo(server.hosts), BIRD, {}, never(), undefined, { timeout: 0.3 });
    expect(sent).toMatchObject({ ok: false, error: { kind: 'unconfirmed' } });
    expect(server.seen).toHaveLength(1);
  });
});
