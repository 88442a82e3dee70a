import { afterEach, expect, test } from 'vitest';
import { call, dig, text } from '../../electron/local-fal/testing.ts';
import type { TestFal } from './index.ts';
import { parseFault, startTestFal } from './index.ts';

let server: TestFal;
afterEach(() => server.close());

/** An upload in parts on a server with these faults: what becomes of a request under its address. */
async function begin(...faults: string[]): Promise<(name: string, body?: string) => Promise<unknown>> {
  server = await startTestFal({ pace: 0, faults });
  const { body } = await call(
    `${server.hosts.rest}/storage/upload/initiate-multipart?storage_type=fal-cdn-v3`,
    { json: { content_type: 'text/plain', file_name: 'a' } },
  );
  const upload = new URL(text(dig(body, 'upload_url')));
  return async (name, bytes = 'the bytes') => {
    const url = `${upload.origin}${upload.pathname}/${name}${upload.search}`;
    const response = await fetch(url, { method: name === 'complete' ? 'POST' : 'PUT', body: bytes });
    return [
      response.status,
      response.headers.get('etag') !== null,
      dig(await response.json(), 'etag') !== undefined,
    ];
  };
}
const taken = [200, true, true];
const refused = (status: number) => [status, false, false];

test('names are checked', async () => {
  await begin();
  expect(parseFault('part-cut:2')).toEqual({ name: 'part-cut', value: '2' });
  for (const bad of ['part-404', 'part-500:x', 'part-etag-none:1', 'upload-expired:2'])
    expect(() => parseFault(bad)).toThrow(`Unknown fault '${bad}'`);
});

test('part-500: the second part’s first tries; the others go on', async () => {
  const put = await begin('part-500:2');
  expect(await put('1')).toEqual(taken);
  expect([await put('2'), await put('2'), await put('2')]).toEqual([refused(500), refused(500), taken]);
});

test('part-cut: the connection is gone', async () => {
  const put = await begin('part-cut');
  await expect(put('2')).rejects.toThrow('fetch failed');
  expect(await put('2')).toEqual(taken);
});

test.each([
  ['part-etag-header', [200, true, false]],
  ['part-etag-body', [200, false, true]],
  ['part-etag-none', [200, false, false]],
])('%s', async (fault, told) => {
  const put = await begin(fault);
  expect(await put('1')).toEqual(told);
});

test('complete-500 and complete-400', async () => {
  const put = await begin('complete-500', 'complete-400:2');
  const statuses = [];
  for (let i = 0; i < 3; i += 1) statuses.push(await put('complete', '{}'));
  expect(statuses).toEqual([refused(500), refused(400), refused(400)]);
});

test('upload-expired: nothing is taken, in one or in parts, until it is taken off', async () => {
  const put = await begin('upload-expired');
  expect([await put('1'), await put('complete', '{}')]).toEqual([refused(403), refused(403)]);
  server.setFaults([]);
  expect(await put('1')).toEqual(taken);
});

test('hold:part: the second part waits, the others do not', async () => {
  const put = await begin('hold:part');
  const held = put('2');
  expect(await put('1')).toEqual(taken);
  expect(server.requests().filter(({ status }) => status === null)).toHaveLength(1);
  server.setFaults([]);
  expect(await held).toEqual(taken);
});
