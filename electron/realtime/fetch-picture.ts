import type { Fetch } from '../fal/transport/fetch.ts';
import { sourceOf } from '../history/media-store.ts';

export interface FetchedPicture {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
}

/** Reads a picture that an answer names by its address, into memory and without the key; null where it cannot be had. */
export type FetchPicture = (url: string, signal: AbortSignal) => Promise<FetchedPicture | null>;

const MOST_BYTES = 64 * 2 ** 20;
/** Milliseconds for one picture: those after it wait, and a server that drips would keep them waiting for ever. */
const LIMIT = 15_000;

/** `allowLoopback`: only a profile that itself lives on this computer may have its pictures here. */
export function pictureFetcher(fetch: Fetch, allowLoopback: boolean, limit = LIMIT): FetchPicture {
  return async (url, signal) => {
    if (sourceOf(url, allowLoopback) !== 'web') return null;
    try {
      const limited = AbortSignal.any([signal, AbortSignal.timeout(limit)]);
      const response = await fetch(url, { signal: limited, redirect: 'error' });
      if (!response.ok || response.body === null) {
        await response.body?.cancel();
        return null;
      }
      const chunks: Uint8Array[] = [];
      let bytes = 0;
      for await (const chunk of response.body) {
        bytes += chunk.byteLength;
        if (bytes > MOST_BYTES) return null;
        chunks.push(chunk);
      }
      return { bytes: Buffer.concat(chunks), contentType: response.headers.get('content-type') };
    } catch {
      return null;
    }
  };
}
