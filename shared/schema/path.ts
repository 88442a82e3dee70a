/** Where a value lies within a request: names of fields and keys, and indexes within lists. */
export type Path = readonly (string | number)[];

/** The path as a JSON pointer (RFC 6901): `/loras/0/path`; the empty text for the request itself. */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}
