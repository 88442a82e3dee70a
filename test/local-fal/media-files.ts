import { readFile } from 'node:fs/promises';

export type MediaKind =
  'image' | 'video' | 'audio' | 'model' | 'archive' | 'weights' | 'captions' | 'text' | 'json';

export type MediaFile = {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly extension: string;
  /** What else a media object of this kind may say, all of it true of the file. */
  readonly facts: Readonly<Record<string, number>>;
};

type Entry = {
  readonly file: string;
  readonly contentType: string;
  readonly facts?: Readonly<Record<string, number>>;
};

/** Pictures are painted for each request; the rest is committed, made by make-media.ts. */
const FILES: Readonly<Record<Exclude<MediaKind, 'image'>, Entry>> = {
  video: {
    file: 'clip.mp4',
    contentType: 'video/mp4',
    facts: { width: 320, height: 180, fps: 24, duration: 2, num_frames: 48 },
  },
  audio: {
    file: 'chord.wav',
    contentType: 'audio/wav',
    facts: { duration: 1.5, sample_rate: 22050, channels: 1 },
  },
  model: { file: 'cube.glb', contentType: 'model/gltf-binary' },
  archive: { file: 'bundle.zip', contentType: 'application/zip' },
  weights: { file: 'weights.safetensors', contentType: 'application/octet-stream' },
  captions: { file: 'captions.srt', contentType: 'application/x-subrip' },
  text: { file: 'notes.txt', contentType: 'text/plain' },
  json: { file: 'config.json', contentType: 'application/json' },
};

const read = new Map<string, Promise<Uint8Array>>();

export async function mediaFile(kind: Exclude<MediaKind, 'image'>): Promise<MediaFile> {
  const { file, contentType, facts = {} } = FILES[kind];
  let bytes = read.get(file);
  if (!bytes) {
    bytes = readFile(new URL(`media/${file}`, import.meta.url));
    read.set(file, bytes);
  }
  return { bytes: await bytes, contentType, extension: file.slice(file.lastIndexOf('.') + 1), facts };
}

/** Told by the property's name first; the words of the whole path and the endpoint's category decide the rest. */
export function mediaKind(path: readonly string[], category: string): MediaKind {
  const name = path.at(-1) ?? '';
  // From the innermost name outwards: `model_urls` says more about its member `obj` than `obj` alone does.
  for (const part of path.toReversed()) {
    const kind = kindOfName(part);
    if (kind) return kind;
  }
  const target = category.split('-to-').at(-1) ?? '';
  if (category === 'training') return name.includes('config') ? 'json' : 'weights';
  if (target === 'image' || target === 'video' || target === 'audio') return target;
  if (target === '3d') return 'model';
  if (['speech', 'music'].includes(target)) return 'audio';
  return 'image';
}

const NAMES: readonly (readonly [RegExp, MediaKind])[] = [
  [/video$/, 'video'],
  [/_(mtl|glb|ply|obj|fbx|stl|usdz)$/, 'model'],
  [/lora|safetensors|weights|checkpoint|embedding/, 'weights'],
  [/config|lottie/, 'json'],
  [/(^|_)(srt|vtt|captions?|subtitles?)/, 'captions'],
  [/zip|archive|frames_|bundle/, 'archive'],
  [/(^|_)(json|metadata|timestamps|rle)/, 'json'],
  [/txt|(^|_)text_file|transcript/, 'text'],
  [/image|thumbnail|mask|depth|preview|texture|picture|photo|sprite|poster|cover/, 'image'],
  [/base_color|normal|metallic|roughness|material|png|jpe?g|webp|svg/, 'image'],
  [/video|clip|mp4/, 'video'],
  [/audio|speech|voice|music|sound|song|vocals|stem|wav|mp3/, 'audio'],
  [/drums|bass|guitar|piano|residual|target/, 'audio'],
  [/glb|gltf|obj|fbx|usdz|ply|stl|mtl|mesh|model|splat|scene|blend|animation|rigged/, 'model'],
];

function kindOfName(name: string): MediaKind | null {
  const lower = name.toLowerCase();
  return NAMES.find(([pattern]) => pattern.test(lower))?.[1] ?? null;
}
