import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Exchange, LocalFalHooks } from './types.ts';
import { detail, sendAnswer } from './http.ts';
import type { FileStore, HeldFile } from './file-store.ts';

const SLICE = 64 * 1024;

/** Public files: no key wanted, and none missed (fal-protocol §8.6). */
export async function handleCdn(exchange: Exchange, files: FileStore, hooks: LocalFalHooks): Promise<void> {
  const { response, method, path } = exchange;
  if (method !== 'GET' && method !== 'HEAD') {
    return sendAnswer(response, detail(405, 'Method Not Allowed', { allow: 'GET, HEAD' }));
  }
  const name = path.startsWith('files/') ? path.slice('files/'.length) : '';
  const file = await files.find(name);
  if (!file) return sendAnswer(response, detail(404, 'File not found'));

  const size = file.bytes.byteLength;
  const headers = {
    'content-type': file.contentType,
    'accept-ranges': 'bytes',
    etag: file.etag,
    'cache-control': 'public, max-age=31536000, immutable',
  };
  if (matches(exchange, 'if-none-match', file)) {
    response.writeHead(304, headers).end();
    return;
  }
  const range =
    (matches(exchange, 'if-range', file) ?? true) ? parseRange(exchange.request.headers.range, size) : null;
  if (range === 'unsatisfiable') {
    const answer = detail(416, 'Range Not Satisfiable', { 'content-range': `bytes */${size}` });
    return sendAnswer(response, answer);
  }
  const { start, end } = range ?? { start: 0, end: size };
  response.writeHead(range ? 206 : 200, {
    ...headers,
    'content-length': end - start,
    ...(range ? { 'content-range': `bytes ${start}-${end - 1}/${size}` } : {}),
  });
  if (method === 'HEAD') {
    response.end();
    return;
  }
  const cut = hooks.onCdn?.(exchange, name, end - start) ?? null;
  await writeBytes(response, file.bytes.subarray(start, end), cut);
}

/** Null without the header; else whether it names this very file. */
function matches(exchange: Exchange, header: 'if-none-match' | 'if-range', file: HeldFile): boolean | null {
  const value = exchange.request.headers[header];
  if (typeof value !== 'string') return null;
  return value === '*' || value.split(',').some((tag) => tag.trim() === file.etag);
}

/** RFC 9110 §14: one range is served, several or a malformed one mean the whole file. `end` is exclusive. */
function parseRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match) return null;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return null;
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, end: size };
  }
  const start = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < start) return null;
  return start >= size ? 'unsatisfiable' : { start, end };
}

async function writeBytes(response: ServerResponse, bytes: Uint8Array, cut: number | null): Promise<void> {
  const length = cut === null ? bytes.byteLength : Math.min(cut, bytes.byteLength);
  for (let at = 0; at < length && !response.destroyed; at += SLICE) {
    const more = response.write(bytes.subarray(at, Math.min(at + SLICE, length)));
    if (!more && !response.destroyed) {
      // Whichever does not come is let go: a large file waits often.
      const waited = new AbortController();
      const { signal } = waited;
      await Promise.race([once(response, 'drain', { signal }), once(response, 'close', { signal })]).catch(
        () => undefined,
      );
      waited.abort();
    }
  }
  if (cut === null) response.end();
  // Cut only after the bytes left, so that the reader truly has a part of the body.
  else response.write('', () => response.destroy());
}
