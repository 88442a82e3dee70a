import { expect, test } from 'vitest';
import { never, serve } from '../fal/fal.fixture.ts';
import { pictureFetcher } from './fetch-picture.ts';

test('a picture is read with its type, and without the key', async () => {
  const server = await serve((response) => {
    response.writeHead(200, { 'content-type': 'image/png' });
    response.end('png');
  });
  const fetched = await pictureFetcher(fetch, true)(`${server.url}/a.png`, never());
  expect(fetched).toMatchObject({ contentType: 'image/png' });
  expect(Buffer.from(fetched?.bytes ?? []).toString()).toBe('png');
  expect(server.seen[0]?.headers.authorization).toBeUndefined();
});

test('an address that may not be opened is not asked', async () => {
  const server = await serve((response) => response.end('x'));
  expect(await pictureFetcher(fetch, false)(`${server.url}/a.png`, never())).toBeNull();
  expect(await pictureFetcher(fetch, true)('file:///etc/passwd', never())).toBeNull();
  expect(await pictureFetcher(fetch, true)('http://192.168.0.1/a.png', never())).toBeNull();
  expect(server.seen).toEqual([]);
});

test('one that says nothing, or drips, ends by the limit', async () => {
  const mute = await serve(() => undefined);
  expect(await pictureFetcher(fetch, true, 30)(`${mute.url}/a.png`, never())).toBeNull();
  const dripping = await serve((response) => {
    response.writeHead(200, { 'content-type': 'image/png' });
    const drip = setInterval(() => response.write('x'), 5);
    response.once('close', () => clearInterval(drip));
  });
  expect(await pictureFetcher(fetch, true, 60)(`${dripping.url}/a.png`, never())).toBeNull();
});

test('a redirect or a failure is no picture', async () => {
  const server = await serve((response, { url }) => {
    response.writeHead(url === '/moved' ? 302 : 404, { location: 'https://example.com/' });
    response.end();
  });
  const read = pictureFetcher(fetch, true);
  expect(await read(`${server.url}/moved`, never())).toBeNull();
  expect(await read(`${server.url}/gone`, never())).toBeNull();
});
