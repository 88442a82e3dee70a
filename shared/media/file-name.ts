import { plainType } from './kind.ts';

// Bytes of UTF-8. Most file systems end at 255; this leaves room for a folder's prefix and a counter.
const LONGEST_NAME = 120;
const LONGEST_EXTENSION = 16;

/** Devices of Windows, with any extension; the superscript digits count as digits there. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/**
 * A name from outside as one that is safe on every system: no folders, control or direction characters, nothing Windows
 * reserves, no leading dot or dash, at most 120 bytes, always an extension. `fallbackExtension` (with or without a dot)
 * is used where the name has none. The answer is a fixed point: cleaning it again changes nothing.
 */
export function safeFileName(name: string, fallbackExtension: string): string {
  const last =
    name
      .toWellFormed()
      .split(/[/\\]/)
      .filter((part) => !/^[\s.]*$/.test(part))
      .at(-1) ?? '';
  const clean = trimmed(
    last
      // Control, format and unassigned characters (newlines, bidi overrides, zero width) and what stood for lone surrogates.
      .replace(/[\p{C}\p{Zl}\p{Zp}\u{FFFD}]/gu, '')
      .normalize('NFC')
      .replace(/[<>:"|?*]/g, '_')
      .replace(/\s+/g, ' '),
  );
  const { base, extension } = split(clean);
  const ending = extension === '' ? cleanExtension(fallbackExtension) : extension;
  const room = LONGEST_NAME - bytesOf(ending) - 1;
  const stem = trimmed(shortened(base, room)) || 'file';
  // Windows looks at what stands before the first dot.
  const first = stem.split('.', 1)[0]?.trimEnd() ?? '';
  const spared = RESERVED.test(first) ? trimmed(shortened(`_${stem}`, room)) : stem;
  return `${spared}.${ending}`;
}

const EXTENSIONS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'image/png': 'png',
    'image/jpeg': 'jpg',
    'image/jpg': 'jpg',
    'image/webp': 'webp',
    'image/gif': 'gif',
    'image/avif': 'avif',
    'image/bmp': 'bmp',
    'image/tiff': 'tiff',
    'image/svg+xml': 'svg',
    'image/heic': 'heic',
    'image/x-exr': 'exr',
    'video/mp4': 'mp4',
    'video/webm': 'webm',
    'video/quicktime': 'mov',
    'video/x-matroska': 'mkv',
    'audio/mpeg': 'mp3',
    'audio/mp3': 'mp3',
    'audio/wav': 'wav',
    'audio/x-wav': 'wav',
    'audio/wave': 'wav',
    'audio/vnd.wave': 'wav',
    'audio/ogg': 'ogg',
    'audio/opus': 'opus',
    'audio/flac': 'flac',
    'audio/x-flac': 'flac',
    'audio/aac': 'aac',
    'audio/mp4': 'm4a',
    'audio/x-m4a': 'm4a',
    'audio/webm': 'webm',
    'model/gltf-binary': 'glb',
    'model/gltf+json': 'gltf',
    'model/obj': 'obj',
    'model/stl': 'stl',
    'model/vnd.usdz+zip': 'usdz',
    'application/json': 'json',
    'application/pdf': 'pdf',
    'application/zip': 'zip',
    'application/x-zip-compressed': 'zip',
    'application/x-tar': 'tar',
    'application/gzip': 'gz',
    'text/plain': 'txt',
    'text/html': 'html',
    'text/csv': 'csv',
    'text/tab-separated-values': 'tsv',
    'text/markdown': 'md',
    'application/x-ndjson': 'jsonl',
    'text/vtt': 'vtt',
    'application/x-subrip': 'srt',
  }),
);

/** The usual extension of a content type, without a dot; "bin" when there is none. */
export function extensionFor(contentType: string | undefined): string {
  return EXTENSIONS.get(plainType(contentType) ?? '') ?? 'bin';
}

function split(name: string): { readonly base: string; readonly extension: string } {
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 ? name.slice(dot + 1) : '';
  const fits = /^[A-Za-z0-9]+$/.test(extension) && extension.length <= LONGEST_EXTENSION;
  return fits ? { base: name.slice(0, dot), extension } : { base: name, extension: '' };
}

function cleanExtension(extension: string): string {
  return extension.replace(/[^A-Za-z0-9]/g, '').slice(0, LONGEST_EXTENSION) || 'bin';
}

/** No blanks around, no leading dots or dashes (hidden files, options of shells), no trailing dots (Windows drops them). */
function trimmed(text: string): string {
  return text.replace(/^[\s.-]+|[\s.]+$/gu, '');
}

/** Cut between code points to at most `limit` bytes of UTF-8. */
function shortened(text: string, limit: number): string {
  let bytes = 0;
  let end = 0;
  for (const character of text) {
    bytes += bytesOf(character);
    if (bytes > limit) break;
    end += character.length;
  }
  return text.slice(0, end);
}

function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}
