import type { HostName } from './types.ts';
import { HOST_NAMES } from './types.ts';

export type Target = {
  /** Null for paths under no host, such as the server's own root. */
  readonly host: HostName | null;
  /** Decoded, after the host's prefix, with no slash at either end. */
  readonly path: string;
  readonly query: URLSearchParams;
};

/** Null for a path that does not decode. */
export function readTarget(url: string | undefined): Target | null {
  const target = url ?? '/';
  const mark = target.indexOf('?');
  const rawPath = mark < 0 ? target : target.slice(0, mark);
  let path: string;
  try {
    // Ids come with raw or with %2F slashes, and with a trailing one (fal-protocol §4.2, §12.3).
    path = decodeURIComponent(rawPath).replace(/^\/+|\/+$/g, '');
  } catch {
    return null;
  }
  const slash = path.indexOf('/');
  const first = slash < 0 ? path : path.slice(0, slash);
  const host = HOST_NAMES.find((name) => name === first) ?? null;
  return {
    host,
    path: host === null ? path : slash < 0 ? '' : path.slice(slash + 1),
    query: new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1)),
  };
}
