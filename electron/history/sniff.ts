import { fileTypeFromBuffer } from 'file-type';

/** As many first bytes as tell every type that can be told. */
export const SNIFF_BYTES = 4100;

const OPAQUE = 'application/octet-stream';

/** What the first bytes say; null where they say nothing. */
export async function typeOf(head: Uint8Array): Promise<string | null> {
  const found = await fileTypeFromBuffer(head);
  // A program or page that calls itself a picture stays what it is: opaque bytes. But XML says nothing: an SVG is XML too.
  return found === undefined || found.mime === 'application/xml' ? null : found.mime;
}

/** What a file is that nobody claims anything of: by its first bytes alone, text and SVG told apart from the unknown. */
export async function typeOfUnclaimed(head: Uint8Array): Promise<string> {
  return (await typeOf(head)) ?? textTypeOf(head) ?? OPAQUE;
}

/**
 * What a file of a result is: its first bytes count most, then what the model says of it, then how it was served. Bytes
 * that are plainly text are never a picture, a video or a sound, and bytes that are not are no text, whoever says so.
 */
export async function typeOfResult(
  head: Uint8Array,
  claimed: string | null,
  served: string | null,
): Promise<string> {
  const told = await typeOf(head);
  if (told !== null) return told;
  const claim = cleanType(claimed) ?? cleanType(served);
  const written = textTypeOf(head);
  if (written === null) return claim === null || isWritten(claim) ? OPAQUE : claim;
  // Most formats of 3D may be written as text.
  const fits = claim !== null && (isWritten(claim) || claim.startsWith('model/'));
  return fits && written === 'text/plain' ? claim : written;
}

/** A claimed type, without parameters, if it is a medium or text that is safe to name; pages and scripts are not. */
export function cleanType(type: string | null): string | null {
  const bare = type?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^(image|video|audio|model|font)\/[a-z0-9.+-]+$/.test(bare) || isWritten(bare) ? bare : null;
}

/** Text that no window would run. */
const isWritten = (type: string): boolean => type === 'image/svg+xml' || WRITTEN.has(type);

const WRITTEN = new Set([
  'text/plain',
  'text/csv',
  'text/tab-separated-values',
  'text/markdown',
  'text/vtt',
  'application/x-subrip',
  'application/json',
  'application/x-ndjson',
]);

function textTypeOf(head: Uint8Array): string | null {
  let text: string;
  try {
    // As a stream: the last character may be cut in two.
    text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
  } catch {
    return null;
  }
  if (/[^\P{Cc}\t\n\r\f]/u.test(text)) return null;
  const markup = text.replace(/^\s*(<\?xml[^>]*>|<!--[\s\S]*?-->|<!doctype[^>]*>|\s)*/i, '');
  return /^<svg[\s>]/i.test(markup) ? 'image/svg+xml' : 'text/plain';
}
