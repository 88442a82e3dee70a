export type MediaKind = 'image' | 'video' | 'audio' | 'model' | 'file';

/** A content type without parameters, in lower case; `undefined` for none and for those that say nothing. */
export function plainType(contentType: string | undefined): string | undefined {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return /^[\w.+-]+\/[\w.+-]+$/.test(type) && !SAYS_NOTHING.has(type) ? type : undefined;
}

const SAYS_NOTHING = new Set([
  'application/octet-stream',
  'binary/octet-stream',
  'application/unknown',
  'application/binary',
]);

/** `application/...` types that are media all the same. */
const APPLICATION_TYPES: ReadonlyMap<string, MediaKind> = new Map([
  ['application/mp4', 'video'],
  ['application/ogg', 'audio'],
  ['application/x-mpegurl', 'video'],
  ['application/vnd.apple.mpegurl', 'video'],
  ['application/sla', 'model'],
  ['application/vnd.ms-pki.stl', 'model'],
  ['application/vnd.usdz+zip', 'model'],
]);

export function kindOfType(contentType: string): MediaKind {
  const family = contentType.slice(0, contentType.indexOf('/'));
  if (family === 'image' || family === 'video' || family === 'audio' || family === 'model') return family;
  return APPLICATION_TYPES.get(contentType) ?? 'file';
}

/**
 * What a file is once its type was read from its bytes, where before it was found to be `found`: the type decides, unless
 * it leaves open which of several it is.
 */
export function kindOfStored(contentType: string, found: MediaKind): MediaKind {
  const type = plainType(contentType);
  if (type === undefined) return found;
  const kind = kindOfType(type);
  // Sound comes in a video's wrapping as well, and most formats of 3D are text or an archive.
  if (kind === 'video' && found === 'audio' && MAY_BE_SOUND.has(type)) return 'audio';
  return kind === 'file' && found === 'model' && MAY_BE_MODEL.has(type) ? 'model' : kind;
}

/** First bytes do not tell whether there is a picture beside the sound. */
export const MAY_BE_SOUND: ReadonlySet<string> = new Set(['video/mp4', 'video/webm', 'application/mp4']);
const MAY_BE_MODEL = new Set(['text/plain', 'application/json', 'application/zip']);

/** Several words a kind, as a look-up from word to kind. */
function byWord(...rows: readonly (readonly [MediaKind, string])[]): ReadonlyMap<string, MediaKind> {
  return new Map(
    rows.flatMap(([kind, words]) => words.split(' ').map((word): [string, MediaKind] => [word, kind])),
  );
}

const ENDINGS = byWord(
  ['image', 'png jpg jpeg webp gif avif bmp svg tif tiff heic heif exr ico jxl'],
  ['video', 'mp4 m4v webm mov mkv avi mpg mpeg ogv m3u8'],
  ['audio', 'mp3 wav flac ogg oga opus m4a aac aiff aif wma'],
  ['model', 'glb gltf obj fbx usdz usd stl ply 3mf dae splat spz'],
  [
    'file',
    'zip tar gz 7z safetensors ckpt pt pth bin onnx npz npy json jsonl txt csv tsv srt vtt ass md yaml yml toml pdf',
  ],
);

export const kindOfEnding = (url: string): MediaKind | undefined => ENDINGS.get(endingOf(url));

/** Endings of files that are text and that no system would run. */
const TEXT_ENDINGS = new Set(
  'txt md markdown csv tsv srt vtt ass json jsonl yaml yml toml log obj mtl ply stl gltf dae'.split(' '),
);

/** Whether a file of this name is text to be read. */
export const isTextName = (name: string): boolean => TEXT_ENDINGS.has(endingOf(name));

/** In lower case and without its dot; "" where there is none. A query or a fragment does not count. */
export function endingOf(url: string): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return /\.([A-Za-z0-9]{1,12})$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

const WORDS = byWord(
  [
    'image',
    'image images img picture photo thumbnail thumbnails mask masks frame frames texture textures screenshot',
  ],
  ['video', 'video videos clip clips movie animation'],
  ['audio', 'audio audios speech music song sound vocals instrumental stem stems'],
  ['model', 'mesh meshes glb gltf obj fbx usdz stl ply splat'],
  ['file', 'zip archive config lora safetensors srt captions subtitles'],
);

/** Words that follow the medium without changing it: `image_url`, `video_file`, `model_mesh`. */
const TAILS = new Set('url urls uri file files data output result'.split(' '));

/**
 * What a property's name says of its value: "images" image, "model_glb" model, "frames_zip" file. The last word counts,
 * so that `video_strength` and `image_size` say nothing.
 */
export function kindOfName(name: string): MediaKind | undefined {
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '' && !/^\d+$/.test(word));
  while (words.length > 1 && TAILS.has(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1) ?? '';
  // `model` alone is mostly the name of a language model; `model_urls` and `model_mesh` are 3D.
  if (last === 'model' || last === 'models') return /_ur(l|i)s?$|_file$/i.test(name) ? 'model' : undefined;
  return WORDS.get(last);
}

/** `output_file`, `file_url`: a file of no kind in particular. */
export function isFileName(name: string): boolean {
  return /(^|_)files?(_ur(l|i)s?)?$/i.test(name);
}
