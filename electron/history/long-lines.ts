/** A line, or one that is too long to be read at all. */
export type Line = { readonly n: number; readonly text: string | null };

/**
 * The lines of a text in pieces, each line at most `most` bytes: of a longer one nothing is held, and it comes as null. Lines
 * count from 1; empty ones are left out. Each piece has at most `count` lines and about `bytes` bytes.
 */
export async function* linesOf(
  parts: AsyncIterable<Uint8Array>,
  { most, count, bytes }: { readonly most: number; readonly count: number; readonly bytes: number },
): AsyncGenerator<readonly Line[]> {
  let piece: Line[] = [];
  let held = 0;
  let pending: Uint8Array[] = [];
  let length = 0;
  let n = 0;
  const end = (): void => {
    n += 1;
    const text = length > most ? null : Buffer.concat(pending).toString('utf8').trim();
    if (text !== '') piece.push({ n, text });
    held += text === null ? 0 : length;
    pending = [];
    length = 0;
  };
  for await (const part of parts) {
    let from = 0;
    for (let at = part.indexOf(NEWLINE); at >= 0; at = part.indexOf(NEWLINE, from)) {
      add(part.subarray(from, at));
      end();
      from = at + 1;
      if (piece.length >= count || held >= bytes) {
        yield piece;
        piece = [];
        held = 0;
      }
    }
    add(part.subarray(from));
  }
  if (length > 0) end();
  if (piece.length > 0) yield piece;

  function add(bytes: Uint8Array): void {
    length += bytes.byteLength;
    if (length > most) pending = [];
    else pending.push(bytes);
  }
}

const NEWLINE = 0x0a;
