import { Ajv2020 } from 'ajv/dist/2020.js';
import { decode } from 'fast-png';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalFal } from '../index.ts';
import { startLocalFal } from '../index.ts';
import { Client, tokenFor } from '../realtime/testing.ts';
import { call, dig, eventsOf, text } from '../testing.ts';

const ID = 'demo/hillside/realtime';
const INPUT = { prompt: 'a lake', image_side: 256, seed: 3, time_of_day: 0.3, mist: 0.2, hills: 0.4 };
let server: LocalFal;
beforeAll(async () => {
  server = await startLocalFal({ pace: 0 });
});
afterAll(() => server.close());

function picture(bytes: unknown): { width: number; height: number; data: Uint8Array } {
  if (!(bytes instanceof Uint8Array)) throw new TypeError('No bytes');
  const { width, height, data } = decode(bytes);
  return { width, height, data: Uint8Array.from(data) };
}

test('live: a picture for each input, by a token, the id being the address', async () => {
  const token = await tokenFor(server.hosts.rest, 'hillside');
  const client = await Client.open(`${server.hosts.ws}/${ID}?fal_jwt_token=${token}&max_buffering=1`);
  const first = await client.ask(INPUT);
  expect(first).toEqual({
    images: [{ content: expect.any(Uint8Array), content_type: 'image/png', width: 256, height: 256 }],
    seed: 3,
    timings: { inference: expect.any(Number) },
    prompt: 'a lake',
  });
  const content = dig(first, 'images', 0, 'content');
  expect(picture(content)).toMatchObject({ width: 256, height: 256 });
  const other = await client.ask({ ...INPUT, hills: 0.9 });
  expect(dig(other, 'images', 0, 'content')).not.toEqual(content);
  expect(dig(await client.ask(INPUT), 'images', 0, 'content')).toEqual(content);
  // Whatever is left out has a default, as in the document.
  expect(await client.ask({ prompt: 'x' })).toMatchObject({ seed: 7, images: [{ width: 512, height: 512 }] });
  client.send({ ...INPUT, mist: 2 });
  expect(dig(await client.control(), 'reason')).toMatch(
    /^1 validation error\nmist: Input should be less than/,
  );
});

test('the queue gives the same picture as a file, in the shape the document promises', async () => {
  const submitted = await call(`${server.hosts.queue}/${ID}`, { json: INPUT });
  expect(dig(submitted.body, 'response_url')).toMatch(/\/queue\/demo\/hillside\/requests\//);
  const events = eventsOf((await call(`${text(dig(submitted.body, 'status_url'))}/stream`)).body);
  expect(dig(events.at(-1), 'status')).toBe('COMPLETED');
  const { body } = await call(text(dig(submitted.body, 'response_url')));
  expect(body).toMatchObject({
    seed: 3,
    prompt: 'a lake',
    images: [{ content_type: 'image/png', width: 256 }],
  });
  const file = await fetch(text(dig(body, 'images', 0, 'url')));
  const bytes = new Uint8Array(await file.arrayBuffer());
  const token = await tokenFor(server.hosts.rest, 'hillside');
  const client = await Client.open(`${server.hosts.ws}/${ID}?fal_jwt_token=${token}`);
  expect(dig(await client.ask(INPUT), 'images', 0, 'content')).toEqual(bytes);
  await client.close();

  const { body: document } = await call(
    `${server.hosts.site}/api/openapi/queue/openapi.json?endpoint_id=${ID}`,
  );
  const ajv = new Ajv2020({ strict: false, formats: { binary: true } });
  const schemas = dig(document, 'components', 'schemas');
  const check = ajv.compile({
    $ref: '#/components/schemas/HillsideLiveOutput',
    components: { schemas },
  });
  expect(check(body)).toBe(true);
});

test('its document tells that it is live, and its thumbnail is a picture', async () => {
  const { body } = await call(`${server.hosts.site}/api/openapi/queue/openapi.json?endpoint_id=${ID}`);
  expect(Object.keys(Object(dig(body, 'paths')))[2]).toBe(`/${ID}`);
  expect(dig(body, 'paths', `/${ID}`, 'x-fal-protocol')).toEqual({
    type: 'realtime',
    operationId: 'realtime',
    config: { buffering: 1, sessionTimeout: 60, maxBatchSize: 1 },
    contentType: 'application/msgpack',
    realtimeMode: 'unary',
  });
  const properties = dig(body, 'components', 'schemas', 'HillsideLiveInput', 'properties');
  const order = dig(body, 'components', 'schemas', 'HillsideLiveInput', 'x-fal-order-properties');
  expect(Object.keys(Object(properties))).toEqual(order);
  const listed = await call(`${server.hosts.api}/v1/models?endpoint_id=${ID}`);
  const thumbnail = await fetch(text(dig(listed.body, 'models', 0, 'metadata', 'thumbnail_url')));
  expect(picture(new Uint8Array(await thumbnail.arrayBuffer()))).toMatchObject({ width: 512 });
});

test('what is wrong is a 422 that names each field', async () => {
  const reply = await call(`${server.hosts.run}/${ID}`, {
    json: { prompt: '', time_of_day: -1, mist: 'thick', hills: 1.01, seed: 1.5, image_side: 500 },
  });
  expect(reply.status).toBe(422);
  const details = dig(reply.body, 'detail');
  const fields = Array.isArray(details) ? details.map((detail) => dig(detail, 'loc', 1)) : [];
  expect(fields.toSorted()).toEqual(['hills', 'image_side', 'mist', 'prompt', 'seed', 'time_of_day']);
  expect((await call(`${server.hosts.run}/${ID}`, { method: 'POST' })).status).toBe(422);
});
