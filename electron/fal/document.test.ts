import type { ServerResponse } from 'node:http';
import { describe, expect, test } from 'vitest';
import type { AppError } from '../../shared/fal/errors.ts';
import {
  connectionTo,
  deadAddress,
  hostsAt,
  idOf,
  json,
  model,
  never,
  serve,
  startFal,
} from './fal.fixture.ts';
import { readDocument } from './document.ts';

type Answer = (response: ServerResponse) => void;

const html: Answer = (response) =>
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<h1>Log in</h1>');
const endless: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' });
  const piece = ' '.repeat(2 ** 20);
  const more = (): void => {
    while (!response.destroyed && response.write(piece));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
};
const says =
  (status: number, body: unknown): Answer =>
  (response) =>
    json(response, status, body);
const listing = (openapi: unknown): Answer => says(200, { models: [{ endpoint_id: 'acme/bird', openapi }] });

/** fal's website and its catalogue, each with an answer of its own. */
const sides = (site: Answer, api: Answer) =>
  serve((response, { url }) => (url.startsWith('/site/') ? site : api)(response));
const read = (hosts: Parameters<typeof connectionTo>[0]) =>
  readDocument(connectionTo(hosts), idOf('acme/bird'), never());

test('from the website, with raw slashes in the id', async () => {
  const fal = await startFal({ extraModels: [model('acme/bird/v1')] });
  expect(await readDocument(connectionTo(fal.hosts), idOf('acme/bird/v1'), never())).toMatchObject({
    ok: true,
    value: { openapi: '3.0.4', info: { title: 'acme/bird/v1' } },
  });
  expect(fal.requests()).toMatchObject([{ path: '/site/api/openapi/queue/openapi.json' }]);
});

describe('from the catalogue’s expansion where the website', () => {
  test.each<[string, Answer]>([
    ['answers 404', says(404, { detail: 'no' })],
    ['answers no object', says(200, 'soon')],
    ['answers what is no document', says(200, { hello: 'there' })],
    ['could not make it', says(200, { error: { code: 'expansion_failed' } })],
    ['answers with a page', html],
    ['leads to a login', (response) => response.writeHead(302, { location: '/site/login' }).end()],
    ['never ends', endless],
    ['announces too much', (response) => response.writeHead(200, { 'content-length': 2 ** 40 }).write('{')],
    ['answers nothing', (response) => response.end()],
  ])('%s', async (_name, site) => {
    const server = await serve((response, { url }) => {
      if (url === '/site/login') html(response);
      else if (url.startsWith('/site/')) site(response);
      else listing({ openapi: '3.1.0' })(response);
    });
    expect(await read(server.hosts)).toEqual({ ok: true, value: { openapi: '3.1.0' } });
    const urls = server.seen.map(({ url }) => url);
    expect(urls[0]).toBe('/site/api/openapi/queue/openapi.json?endpoint_id=acme/bird');
    expect(urls.at(-1)).toBe('/api/v1/models?endpoint_id=acme/bird&expand=openapi-3.0');
  });
});

describe('where neither has one, the error names why', () => {
  const nothing = says(404, { detail: 'Not found' });
  const page = 'A page came in place of the model’s schema';
  const noSchema = 'fal has no schema for this model';
  const odd = 'The model’s schema cannot be read';
  test.each<[string, Answer, Answer, AppError['kind'], string, string]>([
    ['nobody knows the model', nothing, says(200, { models: [] }), 'not_found', noSchema, 'catalogue'],
    [
      'it is known, and fal could not make the schema',
      nothing,
      listing({ error: { code: 'expansion_failed' } }),
      'not_found',
      noSchema,
      'acme/bird: expansion_failed',
    ],
    ['it is known and has none', nothing, listing(undefined), 'not_found', noSchema, 'acme/bird has none'],
    ['nothing where a document should be', nothing, listing(null), 'not_found', noSchema, 'has none'],
    [
      'the answer is of another model',
      nothing,
      says(200, { models: [{ endpoint_id: 'acme/bird/v2', openapi: { openapi: '3.0.4' } }] }),
      'not_found',
      noSchema,
      'not in fal’s catalogue',
    ],
    ['a list is no document', nothing, listing([]), 'protocol', odd, 'no object'],
    ['an answer without models', nothing, says(200, { items: [] }), 'protocol', odd, 'holds no models'],
    ['pages from both', html, html, 'protocol', page, 'a page for people'],
    ['a page may pass, a missing model not', html, says(200, { models: [] }), 'protocol', page, 'page'],
    [
      'a login on the way to the catalogue',
      nothing,
      (response) => response.writeHead(302, { location: 'https://wifi.example/login' }).end(),
      'network',
      'Something in between answered in fal’s place',
      'HTTP 302 to https://wifi.example/login',
    ],
    ['too much', nothing, endless, 'protocol', 'fal’s answer is too large', '16777216 bytes'],
    ['a busy catalogue', nothing, says(503, {}), 'busy', 'fal is not taking requests just now', '503'],
    [
      'a website that may be back',
      says(500, { detail: 'Oh' }),
      says(200, { models: [] }),
      'request',
      'fal could not finish the request',
      'Oh',
    ],
  ])('%s', async (_name, site, api, kind, title, detail) => {
    const server = await sides(site, api);
    expect(await read(server.hosts)).toMatchObject({
      ok: false,
      error: { kind, title, detail: expect.stringContaining(detail) },
    });
  });

  test('a network that is away is said as such', async () => {
    expect(await read(hostsAt(await deadAddress()))).toMatchObject({ error: { kind: 'network' } });
  });

  test('a stop asks nobody else', async () => {
    const stop = new AbortController();
    const server = await serve(() => stop.abort());
    expect(await readDocument(connectionTo(server.hosts), idOf('acme/bird'), stop.signal)).toMatchObject({
      error: { kind: 'cancelled' },
    });
    expect(server.seen).toHaveLength(1);
  });
});
