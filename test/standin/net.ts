import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.mjs': 'text/javascript',
  '.mp4': 'video/mp4',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
};

// Like Electron's: the whole file with status 200 whatever the Range header says, its type by its name.
async function fetchFile(url: string): Promise<Response> {
  const file = fileURLToPath(url);
  try {
    const body = await readFile(file);
    return new Response(body, { headers: { 'content-type': TYPES[path.extname(file)] ?? '' } });
  } catch {
    throw new Error('net::ERR_FILE_NOT_FOUND');
  }
}

/** Electron's `net`: files, and everything Node's own fetch knows. */
export const net = {
  isOnline: () => true,
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response> {
    const url = input instanceof Request ? input.url : String(input);
    return url.startsWith('file:') ? fetchFile(url) : fetch(input, init);
  },
};
