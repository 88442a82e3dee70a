import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { StoredFile } from '../../electron/history/small-tables.ts';
import { MediaStore } from '../../electron/history/media-store.ts';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { mediaFile } from '../local-fal/media-files.ts';
import type { MediaKind } from '../local-fal/media-files.ts';
import type { Random } from '../soak/random.ts';
import { cutPicture, paintNegatives } from './pictures.ts';

export interface MadeFile extends StoredFile {
  readonly medium: StoredMedia['medium'];
  readonly width: number | null;
  readonly height: number | null;
  /** Of its name, without the dot. */
  readonly ending: string;
}

/** By kind; no kind that is named here is empty. */
export type MadeFiles = ReadonlyMap<MediaKind, readonly MadeFile[]>;

interface Sort {
  readonly kind: MediaKind;
  readonly medium: StoredMedia['medium'];
  /** How many of a hundred files are of it. */
  readonly share: number;
}

const SORTS: readonly Sort[] = [
  { kind: 'image', medium: 'image', share: 82 },
  { kind: 'audio', medium: 'audio', share: 7 },
  { kind: 'video', medium: 'video', share: 5 },
  { kind: 'model', medium: 'model', share: 3 },
  { kind: 'captions', medium: 'file', share: 1 },
  { kind: 'json', medium: 'file', share: 1 },
  { kind: 'text', medium: 'file', share: 1 },
];

/**
 * So many files, no two alike, in the media store of `dir`: where it lays them, but not synced one by one. `side`: the longer
 * side of a picture, in pixels.
 */
export async function makeFiles(
  dir: string,
  count: number,
  side: number,
  random: Random,
): Promise<MadeFiles> {
  const store = new MediaStore(dir);
  const negatives = await paintNegatives(Math.min(24, 4 + Math.ceil(count / 100)), side, random);
  const made = new Map<MediaKind, MadeFile[]>();
  const folders = new Set<string>();
  for (const { kind, medium, share } of SORTS) {
    const files: MadeFile[] = [];
    made.set(kind, files);
    for (let i = 0; i < Math.max(1, Math.round((count * share) / 100)); i += 1) {
      const { bytes, contentType, ...size } =
        kind === 'image' ? await cutPicture(negatives, side, random) : await otherFile(kind, i, random);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const path = store.pathOf(sha256);
      if (!folders.has(dirname(path))) mkdirSync(dirname(path), { recursive: true });
      folders.add(dirname(path));
      writeFileSync(path, bytes);
      files.push({
        sha256,
        bytes: bytes.length,
        contentType,
        medium,
        width: null,
        height: null,
        ending: ENDINGS[contentType] ?? 'bin',
        ...size,
      });
    }
  }
  return made;
}

/** Types as the store reads them from the bytes: of what is plain text, the claim counts. */
const ENDINGS: Readonly<Record<string, string>> = {
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'audio/wav': 'wav',
  'video/mp4': 'mp4',
  'model/gltf-binary': 'glb',
  'application/x-subrip': 'srt',
  'application/json': 'json',
  'text/plain': 'txt',
};

async function otherFile(
  kind: Exclude<MediaKind, 'image'>,
  n: number,
  random: Random,
): Promise<{ readonly bytes: Uint8Array; readonly contentType: string }> {
  if (kind === 'audio') return { bytes: chord(n, random), contentType: 'audio/wav' };
  const { bytes, contentType } = await mediaFile(kind);
  switch (kind) {
    case 'video':
      return { bytes: Buffer.concat([bytes, freeBox(n)]), contentType };
    case 'model':
      return { bytes: paintedModel(bytes, n, random), contentType };
    case 'json':
      return { bytes: Buffer.from(JSON.stringify({ n, scale: random.next() }, null, 2)), contentType };
    default:
      return { bytes: Buffer.from(`${Buffer.from(bytes).toString('utf8')}\n\n${n}\n`), contentType };
  }
}

const RATE = 8000;

/** A quarter of a second of three notes, 8 bits mono; `n` is heard in the length alone where the notes are the same. */
function chord(n: number, random: Random): Uint8Array {
  const count = RATE / 4 + (n % 500);
  const wav = Buffer.alloc(44 + count);
  wav.write('RIFF', 0);
  wav.writeUInt32LE(36 + count, 4);
  wav.write('WAVEfmt ', 8);
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(RATE, 24);
  wav.writeUInt32LE(RATE, 28);
  wav.writeUInt16LE(1, 32);
  wav.writeUInt16LE(8, 34);
  wav.write('data', 36);
  wav.writeUInt32LE(count, 40);
  const notes = [0, 1, 2].map(() => (110 + random.next() * 770) * 2 * Math.PI);
  for (let i = 0; i < count; i += 1) {
    const sum = notes.reduce((all, note) => all + Math.sin((note * i) / RATE), 0) / notes.length;
    wav[44 + i] = Math.round(128 + sum * 100 * (1 - i / count));
  }
  return wav;
}

/** A box of a film that players pass over. */
function freeBox(n: number): Uint8Array {
  const box = Buffer.alloc(16);
  box.writeUInt32BE(16, 0);
  box.write('free', 4);
  box.writeUInt32BE(n, 12);
  return box;
}

/** The same object in another colour (glTF 2.0, "Binary glTF Layout"). */
function paintedModel(bytes: Uint8Array, n: number, random: Random): Uint8Array {
  const glb = Buffer.from(bytes);
  const rest = 20 + glb.readUInt32LE(12);
  const colour = [random.next(), random.next(), random.next()].map((part) => part.toFixed(3));
  const json = glb
    .toString('utf8', 20, rest)
    .replace(/"baseColorFactor":\[[^\]]*\]/, `"baseColorFactor":[${colour.join()},1]`)
    .replace('"Cube"', `"Cube ${n}"`)
    .trimEnd();
  const padded = Buffer.from(json.padEnd(Math.ceil(json.length / 4) * 4));
  const head = Buffer.from(glb.subarray(0, 20));
  head.writeUInt32LE(20 + padded.length + glb.length - rest, 8);
  head.writeUInt32LE(padded.length, 12);
  return Buffer.concat([head, padded, glb.subarray(rest)]);
}
