import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { json, serve } from '../fal.fixture.ts';
import type { TinyServer } from '../fal.fixture.ts';
import type { UploadSource } from './upload.ts';

/** What the tests of the storage share; nothing the app ships imports it. */

export const BYTES = Buffer.alloc(300_000, 'a picture ');

/** A folder that goes with the test. */
export async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'upload-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export async function aFile(): Promise<UploadSource> {
  const path = join(await folder(), 'file');
  await writeFile(path, BYTES);
  return { kind: 'path', path, contentType: 'image/png', fileName: 'wren.png' };
}

/** A storage whose PUTs answer these, one after the other; the last for ever. */
export async function storage(...puts: readonly (number | 'cut' | 'silence')[]): Promise<TinyServer> {
  let n = 0;
  const server: TinyServer = await serve((response, { method }) => {
    if (method === 'POST')
      return json(response, 200, {
        upload_url: `${server.url}/put/${n}`,
        file_url: `${server.url}/files/${n}`,
      });
    const answer = puts[Math.min(n, puts.length - 1)];
    n += 1;
    if (answer === 'cut') response.destroy();
    else if (typeof answer === 'number')
      response.writeHead(answer).end(answer === 200 ? '' : 'storage words');
  });
  return server;
}

export interface Turnstile {
  /** The most that ever waited. */
  readonly most: () => number;
  readonly wait: (go: () => void) => void;
}

/** Lets nobody through until `enough` wait, and then a moment later, so that one too many is seen. */
export function turnstile(enough: number): Turnstile {
  let most = 0;
  const waiting = new Set<() => void>();
  return {
    most: () => most,
    wait: (go) => {
      waiting.add(go);
      most = Math.max(most, waiting.size);
      if (waiting.size !== enough) return;
      setTimeout(() => {
        for (const each of waiting) each();
        waiting.clear();
      }, 50);
    },
  };
}
