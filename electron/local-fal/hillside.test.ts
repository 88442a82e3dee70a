import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LocalFal } from './index.ts';
import { startLocalFal } from './index.ts';
import { AUTH, call, dig, eventsOf, text } from './testing.ts';

const SMALL = { width: 96, height: 64 };
let server: LocalFal;

beforeAll(async () => {
  server = await startLocalFal({ pace: 0 });
});
afterAll(() => server.close());

async function bytesOf(url: string): Promise<Uint8Array> {
  return new Uint8Array(await (await fetch(url)).arrayBuffer());
}

function run(json: unknown) {
  return call(`${server.hosts.run}/demo/hillside`, { json });
}

describe('run', () => {
  test('truthful images, as many as asked, of the size asked', async () => {
    const reply = await run({ prompt: 'a lake', image_size: SMALL, num_images: 2, seed: 7 });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('x-fal-request-id')).toEqual(expect.any(String));
    expect(reply.body).toMatchObject({ seed: 7, prompt: 'a lake', has_nsfw_concepts: [false, false] });
    for (const i of [0, 1]) {
      const image = dig(reply.body, 'images', i);
      const bytes = await bytesOf(text(dig(image, 'url')));
      expect(image).toMatchObject({ ...SMALL, content_type: 'image/png', file_size: bytes.byteLength });
      expect(decode(bytes)).toMatchObject({ ...SMALL, channels: 3 });
    }
  });

  test('same seed, same bytes; other seed, prompt, style or steps, other bytes', async () => {
    const base = { prompt: 'hills', image_size: SMALL, seed: 5 };
    const picture = async (more: object) => {
      const reply = await run({ ...base, ...more });
      return Buffer.from(await bytesOf(text(dig(reply.body, 'images', 0, 'url')))).toString('base64');
    };
    const first = await picture({});
    expect(await picture({})).toBe(first);
    const variants = [{ seed: 6 }, { prompt: 'night' }, { num_inference_steps: 3 }, { guidance_scale: 9 }];
    const styles = ['dusk', 'oil', 'ink', 'print'].map((style) => ({ style }));
    const others = [];
    for (const more of [...variants, ...styles]) others.push(await picture(more));
    expect(new Set([first, ...others]).size).toBe(1 + variants.length + styles.length);
  });

  test('without a seed one is drawn and told', async () => {
    const [a, b] = [
      await run({ prompt: 'x', image_size: SMALL }),
      await run({ prompt: 'x', image_size: SMALL, seed: null }),
    ];
    expect(dig(a.body, 'seed')).toEqual(expect.any(Number));
    expect(dig(a.body, 'seed')).not.toBe(dig(b.body, 'seed'));
  });

  test('bad input is a 422 that names each field', async () => {
    const reply = await run({
      num_images: 9,
      style: 'crayon',
      guidance_scale: -1,
      image_size: { width: 4000 },
      seed: 1.5,
      num_inference_steps: 'many',
    });
    expect(reply.status).toBe(422);
    expect(reply.headers.get('x-fal-billable-units')).toBe('0');
    const details = dig(reply.body, 'detail');
    const found = (Array.isArray(details) ? details : []).map((item) => [
      [dig(item, 'loc')].flat().join('.'),
      dig(item, 'type'),
      dig(item, 'ctx'),
    ]);
    expect(found).toEqual([
      ['body.prompt', 'missing', undefined],
      ['body.style', 'one_of', { expected: ['natural', 'dusk', 'oil', 'ink', 'print'] }],
      ['body.image_size.width', 'less_than_equal', { le: 2048 }],
      ['body.num_images', 'less_than_equal', { le: 4 }],
      ['body.num_inference_steps', 'int_type', undefined],
      ['body.guidance_scale', 'greater_than_equal', { ge: 0 }],
      ['body.seed', 'int_from_float', undefined],
    ]);
  });

  test('unknown sub-paths', async () => {
    const reply = await call(`${server.hosts.run}/demo/hillside/nope`, { json: {} });
    expect(reply).toMatchObject({ status: 404, body: { detail: 'Path /nope not found' } });
    expect(reply.headers.get('x-fal-billable-units')).toBe('0');
  });
});

test('stream: previews in order, then the output', async () => {
  const json = { prompt: 'dawn', image_size: SMALL, num_inference_steps: 5, seed: 3 };
  const reply = await call(`${server.hosts.run}/demo/hillside/stream`, { json });
  expect(reply.headers.get('content-type')).toBe('text/event-stream');
  const events = eventsOf(reply.body);
  expect(events.slice(0, -1).map((event) => dig(event, 'step'))).toEqual([1, 2, 3, 4]);
  const data = text(dig(events[0], 'image', 'url'));
  const png = decode(Buffer.from(data.slice('data:image/png;base64,'.length), 'base64'));
  expect(png).toMatchObject(SMALL);
  expect(events.at(-1)).toMatchObject({ seed: 3, images: [{ content_type: 'image/png' }] });
});

test('the queue takes bad input and lets the runner refuse it', async () => {
  const taken = await call(`${server.hosts.queue}/demo/hillside`, { json: { prompt: 5 } });
  expect(taken.status).toBe(200);
  const status = text(dig(taken.body, 'status_url'));
  const last = eventsOf((await call(`${status}/stream`)).body).at(-1);
  expect(last).toMatchObject({ status: 'COMPLETED', error: expect.any(String), error_type: 'string_type' });
  const result = await call(text(dig(taken.body, 'response_url')));
  expect(result).toMatchObject({
    status: 422,
    body: { detail: [{ loc: ['body', 'prompt'], type: 'string_type' }] },
  });
});

describe('cdn', () => {
  let url = '';
  let whole: Uint8Array;
  beforeAll(async () => {
    url = text(dig((await run({ prompt: 'x', image_size: SMALL, seed: 1 })).body, 'images', 0, 'url'));
    whole = await bytesOf(url);
  });
  const get = (headers: Record<string, string>, method = 'GET') => fetch(url, { method, headers });

  test('whole, head and revalidated, with a key or without', async () => {
    const plain = await get({});
    expect(plain.status).toBe(200);
    expect(plain.headers.get('content-type')).toBe('image/png');
    expect(plain.headers.get('accept-ranges')).toBe('bytes');
    expect(plain.headers.get('content-length')).toBe(String(whole.byteLength));
    expect((await get(AUTH)).status).toBe(200);
    const head = await get({}, 'HEAD');
    expect([head.status, head.headers.get('content-length'), (await head.arrayBuffer()).byteLength]).toEqual([
      200,
      String(whole.byteLength),
      0,
    ]);
    const etag = plain.headers.get('etag') ?? '';
    expect((await get({ 'if-none-match': etag })).status).toBe(304);
  });

  test.each([
    ['bytes=10-19', 10, 20],
    ['bytes=10-', 10, Infinity],
    ['bytes=-7', -7, Infinity],
    ['bytes=0-99999999', 0, Infinity],
  ])('range %s', async (range, from, to) => {
    const reply = await get({ range });
    const expected = whole.slice(from, to === Infinity ? undefined : to);
    const start = from < 0 ? whole.byteLength + from : from;
    expect(reply.status).toBe(206);
    expect(reply.headers.get('content-range')).toBe(
      `bytes ${start}-${start + expected.byteLength - 1}/${whole.byteLength}`,
    );
    expect(new Uint8Array(await reply.arrayBuffer())).toEqual(expected);
  });

  test('ranges that cannot be, and a changed file', async () => {
    const past = await get({ range: `bytes=${whole.byteLength}-` });
    expect([past.status, past.headers.get('content-range')]).toEqual([416, `bytes */${whole.byteLength}`]);
    expect((await get({ range: 'lines=1-2' })).status).toBe(200);
    expect((await get({ range: 'bytes=0-9', 'if-range': '"other"' })).status).toBe(200);
    expect((await fetch(`${server.hosts.cdn}/files/none.png`)).status).toBe(404);
  });
});
