import { fileTypeFromBuffer } from 'file-type';

/** As many first bytes as tell every type that can be told. */
export const SNIFF_BYTES = 4100;

/** What the first bytes say; null where they say nothing. */
export async function typeOf(head: Uint8Array): Promise<string | null> {
  const found = await fileTypeFromBuffer(head);
  // A program or page that calls itself a picture stays what it is: opaque bytes. But XML says nothing: an SVG is XML too.
  return found === undefined || found.mime === 'application/xml' ? null : found.mime;
}

/** What a file is that nobody claims anything of: by its first bytes alone, text and SVG told apart from the unknown. */
export async function typeOfUnclaimed(head: Uint8Array): Promise<string> {
  return (await typeOf(head)) ?? textTypeOf(head) ?? 'application/octet-stream';
}

/** A claimed type, without parameters, if it is a medium or text that is safe to name; pages and scripts are not. */
export function cleanType(type: string | null): string | null {
  const bare = type?.split(';')[0]?.trim().toLowerCase() ?? '';
  return /^(image|video|audio|model|font)\/[a-z0-9.+-]+$/.test(bare) ||
    ['text/plain', 'application/json'].includes(bare)
    ? bare
    : null;
}

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
