import { Ajv2020 } from 'ajv/dist/2020.js';
import { decode } from 'fast-png';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LocalFal } from './index.ts';
import { startLocalFal } from './index.ts';
import { call, dig, gatedModel, makeGate, text } from './testing.ts';

let server: LocalFal;
const IDS = ['acme/one', 'acme/two', 'acme/three', 'acme/four'];

beforeAll(async () => {
  const gate = makeGate();
  server = await startLocalFal({
    pace: 0,
    key: 'me:secret',
    extraModels: [
      ...IDS.map((id) => gatedModel(id, gate)),
      { ...gatedModel('acme/private', gate), unlisted: true },
    ],
  });
});
afterAll(() => server.close());

const models = (query: string) =>
  call(`${server.hosts.api}/v1/models${query}`, { headers: { authorization: '' } });

function idsOf(body: unknown): unknown[] {
  const list = dig(body, 'models');
  return Array.isArray(list) ? list.map((model) => dig(model, 'endpoint_id')) : [];
}

test('the root tells the hosts', async () => {
  const reply = await fetch(server.url);
  expect(await reply.json()).toEqual(server.hosts);
  expect(Object.keys(server.hosts).toSorted()).toEqual([
    'api',
    'cdn',
    'queue',
    'rest',
    'run',
    'site',
    'url',
    'ws',
  ]);
});

test('pages through an opaque cursor', async () => {
  const seen: unknown[] = [];
  let cursor: unknown = '';
  let pages = 0;
  do {
    const { body } = await models(`?limit=2&cursor=${encodeURIComponent(String(cursor))}`);
    seen.push(...idsOf(body));
    cursor = dig(body, 'next_cursor');
    expect(dig(body, 'has_more')).toBe(cursor !== null);
    pages += 1;
  } while (cursor !== null);
  expect(pages).toBe(4);
  expect(seen).toEqual(['demo/hillside', 'demo/hillside/realtime', 'demo/field-notes', ...IDS]);
});

test('a private app is in no list and has no document, and takes requests', async () => {
  expect(idsOf((await models('?endpoint_id=acme/private')).body)).toEqual([]);
  const { site, queue } = server.hosts;
  const document = await call(`${site}/api/openapi/queue/openapi.json?endpoint_id=acme/private`);
  expect(document.status).toBe(404);
  const headers = { authorization: 'Key me:secret', 'content-type': 'application/json' };
  const submitted = await call(`${queue}/acme/private`, { method: 'POST', headers, body: '{}' });
  expect(submitted.status).toBe(200);
});

test('filters', async () => {
  expect(idsOf((await models('?q=hillside')).body)).toEqual(['demo/hillside', 'demo/hillside/realtime']);
  expect(idsOf((await models('?endpoint_id=acme/two&endpoint_id=acme/none')).body)).toEqual(['acme/two']);
  expect(idsOf((await models('?endpoint_id=nobody/none')).body)).toEqual([]);
  expect(idsOf((await models('?category=training')).body)).toEqual([]);
  expect(idsOf((await models('?status=deprecated')).body)).toEqual([]);
  expect((await models('?limit=0')).status).toBe(422);
  expect((await models('?cursor=xx')).status).toBe(422);
});

test('metadata, thumbnail and expansion', async () => {
  const { body } = await models('?endpoint_id=demo/hillside&expand=openapi-3.0');
  const model = dig(body, 'models', 0);
  expect(dig(model, 'metadata')).toMatchObject({
    display_name: 'Hillside',
    category: 'text-to-image',
    status: 'active',
    tags: expect.any(Array),
    is_favorited: false,
    model_url: `${server.hosts.site}/models/demo/hillside`,
  });
  expect(dig(model, 'openapi', 'openapi')).toBe('3.0.4');
  const thumbnail = await fetch(text(dig(model, 'metadata', 'thumbnail_url')));
  expect(decode(new Uint8Array(await thumbnail.arrayBuffer()))).toMatchObject({ width: 640, height: 480 });
});

test.each(['demo/hillside', 'demo%2Fhillside'])('openapi of the site for %s', async (id) => {
  const url = `${server.hosts.site}/api/openapi/queue/openapi.json?endpoint_id=`;
  const { status, body } = await call(url + id, { headers: { authorization: '' } });
  expect(status).toBe(200);
  expect(Object.keys(Object(dig(body, 'paths')))).toEqual([
    '/demo/hillside/requests/{request_id}/status',
    '/demo/hillside/requests/{request_id}/cancel',
    '/demo/hillside',
    '/demo/hillside/requests/{request_id}',
  ]);
  const schemas = Object(dig(body, 'components', 'schemas'));
  for (const schema of [schemas.HillsideInput, schemas.HillsideOutput, schemas.Image, schemas.ImageSize]) {
    const order = dig(schema, 'x-fal-order-properties');
    const properties = Object.keys(Object(dig(schema, 'properties')));
    expect(Array.isArray(order) && order.toSorted()).toEqual(properties.toSorted());
  }
  expect((await call(`${url}nobody/none`)).status).toBe(404);
});

test('the document and the runner agree on what the output is', async () => {
  const { body: document } = await call(
    `${server.hosts.site}/api/openapi/queue/openapi.json?endpoint_id=demo/hillside`,
  );
  const ajv = new Ajv2020({ strict: false, validateSchema: false });
  const validate = ajv.compile({ ...Object(document), $ref: '#/components/schemas/HillsideOutput' });
  const reply = await call(`${server.hosts.run}/demo/hillside`, {
    json: { prompt: 'x', image_size: { width: 64, height: 64 } },
    headers: { authorization: 'Key me:secret' },
  });
  expect(validate(reply.body)).toBe(true);
});

test('prices need the key', async () => {
  const url = `${server.hosts.api}/v1/models/pricing`;
  const query = '?endpoint_id=acme/one&endpoint_id=demo/hillside&endpoint_id=nobody/none';
  expect((await call(url + query)).status).toBe(401);
  const headers = { authorization: 'Key me:secret' };
  expect((await call(url + query, { headers })).body).toMatchObject({
    prices: [
      { endpoint_id: 'acme/one', unit_price: 0.25, unit: 'images', currency: 'USD' },
      { endpoint_id: 'demo/hillside', unit_price: 0 },
    ],
  });
  const json = { estimate_type: 'unit_price', endpoints: { 'acme/one': { unit_quantity: 3 } } };
  const estimate = await call(`${url}/estimate`, { json, headers });
  expect(estimate.body).toEqual({ estimate_type: 'unit_price', total_cost: 0.75, currency: 'USD' });
});
