import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';
import { Readable } from 'node:stream';
import { MEDIA_POLICY, PAGE_POLICY, developmentPolicy } from './csp.ts';

export const APP_SCHEME = 'app';
export const APP_HOST = 'bundle';
/** To be said before the program is ready. */
export const APP_PRIVILEGES = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};
export const APP_PAGE = `${APP_SCHEME}://${APP_HOST}/index.html`;

/**
 * True for the app's own page, and not for a model's file on the same host. A custom scheme's `origin` is "null" in Node,
 * so the parts are compared.
 */
export function isAppPage(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    url.protocol === `${APP_SCHEME}:` &&
    url.host === APP_HOST &&
    url.pathname === '/index.html'
  );
}

export interface SchemeSources {
  /** Folder of the built window. */
  readonly bundleDir: string;
  /** Vite's server while developing, null otherwise. */
  readonly devServer: string | null;
  /** A stored file by its hash; null when it is not known. */
  readonly file: (sha256: string) => Promise<{ readonly path: string; readonly contentType: string } | null>;
  /** Where the small picture of a file lies, whether or not it is there. */
  readonly smallPicture: (sha256: string) => string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const notFound = (): Response =>
  new Response('Not found', { status: 404, headers: { 'content-type': 'text/plain' } });

/** Answers `app://bundle/…`: the window's files, those of results under `/media/<sha256>`, their small pictures under `/thumb/<sha256>`. */
export function appSchemeHandler(sources: SchemeSources): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url);
    if (url.host !== APP_HOST) return notFound();
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 });
    const [, kind, sha256 = ''] = /^\/(media|thumb)\/([0-9a-f]{64})$/.exec(url.pathname) ?? [];
    if (kind === 'media') return serveMedia(request, await sources.file(sha256));
    if (kind === 'thumb')
      return serveMedia(request, { path: sources.smallPicture(sha256), contentType: 'image/webp' });
    if (sources.devServer !== null) return serveFromDevelopment(sources.devServer, url);
    return serveBundle(sources.bundleDir, url.pathname);
  };
}

async function serveBundle(dir: string, pathname: string): Promise<Response> {
  const name = decoded(pathname);
  if (name === null) return notFound();
  const path = normalize(join(dir, name));
  const type = TYPES[extname(path)];
  if (!path.startsWith(dir + sep) || type === undefined) return notFound();
  const body = await readFile(path).catch(() => null);
  if (body === null) return notFound();
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-security-policy': PAGE_POLICY,
      'x-content-type-options': 'nosniff',
    },
  });
}

/** Null where the escapes are none: `%zz`. */
function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}

async function serveFromDevelopment(server: string, url: URL): Promise<Response> {
  const answer = await fetch(new URL(url.pathname + url.search, server));
  const headers = new Headers({ 'content-security-policy': developmentPolicy(server) });
  const type = answer.headers.get('content-type');
  if (type !== null) headers.set('content-type', type);
  return new Response(answer.body, { status: answer.status, headers });
}

async function serveMedia(
  request: Request,
  file: { readonly path: string; readonly contentType: string } | null,
): Promise<Response> {
  const info = file === null ? null : await stat(file.path).catch(() => null);
  if (file === null || info === null) return notFound();
  const headers = {
    'content-type': file.contentType,
    'content-security-policy': MEDIA_POLICY,
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    // Named by its content: it never changes.
    'cache-control': 'public, max-age=31536000, immutable',
    'accept-ranges': 'bytes',
  };
  const range = parseRange(request.headers.get('range'), info.size);
  if (range === 'unsatisfiable')
    return new Response(null, {
      status: 416,
      headers: { ...headers, 'content-range': `bytes */${info.size}` },
    });
  const { start, end } = range ?? { start: 0, end: info.size - 1 };
  const length = end - start + 1;
  const partial = range === null ? {} : { 'content-range': `bytes ${start}-${end}/${info.size}` };
  // An empty file has no byte to start a stream at.
  const body =
    request.method === 'HEAD' || length === 0
      ? null
      : Readable.toWeb(createReadStream(file.path, { start, end }));
  return new Response(body, {
    status: range === null ? 200 : 206,
    headers: { ...headers, ...partial, 'content-length': String(length) },
  });
}

/** One range of bytes, both ends included (RFC 9110 §14); null where the whole is meant. */
export function parseRange(
  header: string | null,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (match === null || (match[1] === '' && match[2] === '')) return null;
  if (match[1] === '') {
    const last = Number(match[2]);
    return last === 0 || size === 0 ? 'unsatisfiable' : { start: Math.max(size - last, 0), end: size - 1 };
  }
  const start = Number(match[1]);
  const end = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  return start >= size || end < start ? 'unsatisfiable' : { start, end };
}
