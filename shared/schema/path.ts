/** Where a value lies within a request: names of fields and keys, and indexes within lists. */
export type Path = readonly (string | number)[];

/** The path as a JSON pointer (RFC 6901): `/loras/0/path`; the empty text for the request itself. */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The path a JSON pointer stands for. It does not tell a name of digits from an index: what is all digits is an index. */
export function pathOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}

/** Whether a JSON pointer stands for the same place as another, or for one within it. */
export function isWithin(pointer: string, other: string): boolean {
  return pointer === other || pointer.startsWith(`${other}/`);
}
