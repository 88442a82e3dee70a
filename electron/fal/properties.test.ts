import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fullPath, parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { parseJson, sameJson, stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { callPath, readEndpoint } from './endpoint.ts';
import { connectionTo, idOf, never, serve, value } from './fal.fixture.ts';
import { FAL_HOSTS } from './hosts.ts';
import { submit } from './queue.ts';
import { prepare } from './request-options.ts';
import type { RequestOptions } from '../../shared/fal/request-options.ts';
import { run } from './run.ts';
import { serverEvents } from './server-events.ts';
import type { Reading } from './server-events.ts';

/** What must hold for anything at all. */

describe('a stream of events, cut anywhere', () => {
  /** Every ending that the standard knows; a cut may fall between the two bytes of one. */
  const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
  const words = fc.string({
    unit: fc.constantFrom('a', ':', ' ', 'ü', '語', '🙂', '\u{feff}', '\0', '{', '"'),
  });
  const line = fc.oneof(
    fc
      .tuple(fc.constantFrom('data', 'event', 'id', 'retry', 'what', ''), words)
      .map(([n, v]) => `${n}: ${v}`),
    words.map((text) => `data:${text}`),
    words,
    fc.constant(''),
  );
  const written = fc
    .array(fc.tuple(line, lineEnd), { maxLength: 12 })
    .map((lines) => Buffer.from(lines.map(([text, end]) => text + end).join(''), 'utf8'));
  /** Also what is no text at all. */
  const bytes = fc.oneof({ weight: 4, arbitrary: written }, { weight: 1, arbitrary: fc.uint8Array() });

  const bodyOf = (pieces: readonly Uint8Array[]): ReadableStream<Uint8Array> =>
    new ReadableStream({
      start(controller) {
        for (const piece of pieces) controller.enqueue(piece);
        controller.close();
      },
    });
  async function readings(pieces: readonly Uint8Array[]): Promise<Reading[]> {
    const all: Reading[] = [];
    for await (const reading of serverEvents(bodyOf(pieces), 60_000)) all.push(reading);
    return all;
  }

  test('gives the same events', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, fc.array(fc.nat()), async (whole, places) => {
        const cuts = [...new Set(places.map((place) => place % (whole.length + 1)))].toSorted(
          (a, b) => a - b,
        );
        const pieces = [0, ...cuts].map((from, index) => whole.subarray(from, cuts[index] ?? whole.length));
        expect(await readings(pieces)).toEqual(await readings([whole]));
      }),
      { numRuns: 500 },
    );
  });

  test('gives the same events byte by byte', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, async (whole) => {
        const pieces = [...whole].map((byte) => Uint8Array.of(byte));
        expect(await readings(pieces)).toEqual(await readings([whole]));
      }),
      { numRuns: 200 },
    );
  });
});

describe('an endpoint id', () => {
  const part = fc.stringMatching(/^[A-Za-z0-9_.@~-]{1,12}$/);
  const likely = fc.array(fc.oneof(part, fc.constantFrom('workflows', 'comfy', '..', '.', '', '%2e', 'a b')));
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    likely.map((parts) => parts.join('/')),
  );

  test('is refused, or is the same when it is written and read again, and stays on its host', () => {
    fc.assert(
      fc.property(text, (given) => {
        const id = parseEndpointId(given);
        if (id === null) return;
        const written = fullPath(id);
        expect(parseEndpointId(written)).toEqual(id);
        const url = new URL(`${FAL_HOSTS.queue}/${written}`);
        expect([url.origin, url.pathname, url.search, url.hash]).toEqual([
          FAL_HOSTS.queue,
          `/${written}`,
          '',
          '',
        ]);
      }),
      { numRuns: 2000 },
    );
  });

  test('as an address too, is on a host of fal’s or refused', () => {
    const address = fc.oneof(
      text,
      fc.webUrl({ withQueryParameters: true, withFragments: true }),
      text.map((path) => `https://fal.run/${path}`),
      fc.tuple(fc.webAuthority(), text).map(([host, path]) => `https://${host}/${path}`),
    );
    fc.assert(
      fc.property(address, fc.option(text, { nil: undefined }), (given, path) => {
        const endpoint = readEndpoint(given, FAL_HOSTS);
        if (!endpoint.ok) return;
        const { origin = FAL_HOSTS.run } = endpoint.value;
        expect(origin).toMatch(/^https:\/\/([a-z0-9-]+\.)*fal\.(run|ai)$/);
        const called = callPath(endpoint.value, path);
        if (!called.ok) return;
        expect(new URL(`${origin}/${called.value}`).pathname).toBe(`/${called.value}`);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('JSON with integers of any size', () => {
  /** A double that JSON writes as an integer beyond 2^53 is read as that integer: it is written only as a bigint. */
  const number = fc
    .double({ noNaN: true, noDefaultInfinity: true })
    .filter((n) => !Number.isInteger(n) || Number.isSafeInteger(n) || Math.abs(n) >= 1e21);
  const big = fc
    .bigInt({ min: -(2n ** 200n), max: 2n ** 200n })
    .filter((n) => !Number.isSafeInteger(Number(n)));
  const key = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('__proto__', 'constructor', '$bytes'),
  );
  const { json } = fc.letrec<{ json: JsonValue }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constantFrom(null, true, false),
      fc.string({ unit: 'grapheme' }),
      number,
      big,
      fc.array(tie('json'), { maxLength: 5 }),
      fc.dictionary(key, tie('json'), { maxKeys: 5 }),
    ),
  }));

  test('comes back as it was written', () => {
    fc.assert(
      fc.property(json, (given) => {
        const text = stringifyJson(given);
        const back = parseJson(text);
        expect(back.ok && sameJson(back.value, given)).toBe(true);
        expect(back.ok && stringifyJson(back.value)).toBe(text);
      }),
      { numRuns: 1000 },
    );
  });

  test('any text is read or refused, and what is read is the same when it is written and read again', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (text) => {
        const read = parseJson(text);
        if (!read.ok) return;
        const again = parseJson(stringifyJson(read.value));
        expect(again.ok && sameJson(again.value, read.value)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  test('goes through a call and back', async () => {
    const echo = await serve((response, { body }) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(body),
    );
    const connection = connectionTo(echo.hosts);
    await fc.assert(
      fc.asyncProperty(fc.dictionary(key, json, { maxKeys: 5 }), async (input) => {
        const { data } = value(await run(connection, idOf('acme/bird'), input, {}, never()));
        expect(data instanceof Uint8Array || !sameJson(data, input)).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});

describe('options of a request, in any legal combination', () => {
  const seconds = fc.double({ min: 0.001, max: 2_147_483, noNaN: true });
  const latin = fc.string({
    unit: fc.oneof(
      fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
      fc.integer({ min: 0xa0, max: 0xff }).map((code) => String.fromCharCode(code)),
      fc.constant('\t'),
    ),
  });
  const name = fc.oneof(
    fc.stringMatching(/^[\w!#$%&'*+.^`|~-]{1,20}$/),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'Host',
      'Content-Length',
      'AUTHORIZATION',
      'x-fal-runner-hint',
    ),
  );
  const decision = fc.constantFrom('hide' as const, 'forbid' as const, 'allow' as const);
  const options: fc.Arbitrary<RequestOptions> = fc.record(
    {
      path: fc.stringMatching(/^\/?[a-z0-9]{1,8}(\/[a-z0-9]{1,8})?$/),
      priority: fc.constantFrom('normal' as const, 'low' as const),
      hint: latin.filter((text) => text !== ''),
      startTimeout: seconds.map((n) => n + 1.001).filter((n) => n <= 2_147_483),
      timeout: seconds,
      stallTimeout: seconds,
      noRetry: fc.boolean(),
      retryConfig: fc.constant({ server_error: { retries: 3 }, connection_error: { retries: 0 } }),
      storeIo: fc.boolean(),
      disableFallback: fc.boolean(),
      headers: fc.dictionary(name, latin, { maxKeys: 4 }),
      webhookUrl: fc.webUrl({ withQueryParameters: true }),
      maxQueueLength: fc.nat(),
      lifecycle: fc.record(
        {
          expiresIn: fc.oneof(fc.constantFrom('never' as const, '1h' as const), fc.integer({ min: 1 })),
          initialAcl: fc.record(
            {
              default: decision,
              rules: fc.array(fc.record({ user: fc.string({ unit: 'binary', minLength: 1 }), decision })),
            },
            { requiredKeys: ['default'] },
          ),
        },
        { requiredKeys: [] },
      ),
    },
    { requiredKeys: [] },
  );

  const trimmed = (text: string): string => text.replaceAll(/^[ \t]+|[ \t]+$/g, '');
  /** The hint as it must arrive: the option's, else a header of that name, else none. */
  const hintOf = ({ hint, headers = {} }: RequestOptions): string | null => {
    const own = Object.entries(headers).findLast(([key]) => key.toLowerCase() === 'x-fal-runner-hint');
    const text = hint ?? own?.[1];
    return text === undefined ? null : trimmed(text);
  };

  test('become headers and an address that Node takes, with nothing left out', () => {
    fc.assert(
      fc.property(options, (given) => {
        const { url, headers } = value(prepare(FAL_HOSTS, idOf('acme/bird'), given, 'submit'));
        for (const [header, text] of Object.entries(headers)) {
          validateHeaderName(header);
          validateHeaderValue(header, text);
        }
        const sent = new Headers(headers);
        expect([...sent.keys()].length).toBe(Object.keys(headers).length);
        for (const ours of ['host', 'content-length', 'authorization']) expect(sent.has(ours)).toBe(false);
        expect(sent.has('constructor')).toBe(Object.hasOwn(given.headers ?? {}, 'constructor'));
        expect(sent.get('x-fal-runner-hint')).toBe(hintOf(given));
        const { origin, searchParams } = new URL(url);
        expect([origin, searchParams.get('fal_webhook')]).toEqual([
          FAL_HOSTS.queue,
          given.webhookUrl ?? null,
        ]);
      }),
      { numRuns: 1000 },
    );
  });

  test('reach a server by either way to it', async () => {
    const server = await serve((response) => response.writeHead(200).end('{"request_id":"r-1"}'));
    const connection = connectionTo(server.hosts);
    const bird = idOf('acme/bird');
    await fc.assert(
      fc.asyncProperty(options, async ({ webhookUrl: _hook, maxQueueLength: _length, ...given }) => {
        // Its own limit may well be over before the answer.
        const rest = { ...given, timeout: 2_000 };
        value(await run(connection, bird, {}, rest, never()));
        value(await submit(connection, bird, {}, never(), undefined, rest));
        for (const { headers } of server.seen.slice(-2)) {
          expect(headers.authorization).toBe('Key demo:demo');
          expect(headers['x-fal-runner-hint'] ?? null).toBe(hintOf(given));
        }
      }),
      { numRuns: 50 },
    );
  });
});
