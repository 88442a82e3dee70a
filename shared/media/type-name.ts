import { endingOf, kindOfEnding, plainType } from './kind.ts';
import type { MediaKind } from './kind.ts';

/** Formats that have a name of their own, by the ending of a file. */
const FORMATS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    zip: 'ZIP archive',
    tar: 'TAR archive',
    gz: 'GZIP archive',
    '7z': '7z archive',
    safetensors: 'Model weights (safetensors)',
    ckpt: 'Model weights (checkpoint)',
    pt: 'Model weights (PyTorch)',
    pth: 'Model weights (PyTorch)',
    onnx: 'Model weights (ONNX)',
    npz: 'NumPy archive',
    npy: 'NumPy array',
    pdf: 'PDF document',
    csv: 'Table (CSV)',
    tsv: 'Table (TSV)',
    json: 'JSON',
    jsonl: 'JSON lines',
    srt: 'Subtitles (SubRip)',
    vtt: 'Subtitles (WebVTT)',
    ass: 'Subtitles (ASS)',
    md: 'Text (Markdown)',
    txt: 'Text',
    mtl: '3D materials (MTL)',
    blend: '3D scene (Blender)',
  }),
);

/** Types whose bytes tell more than a name. */
const BY_TYPE: ReadonlyMap<string, string> = new Map([
  ['application/zip', 'zip'],
  ['application/gzip', 'gz'],
  ['application/x-7z-compressed', '7z'],
  ['application/x-tar', 'tar'],
  ['application/pdf', 'pdf'],
]);

const KINDS: Readonly<Record<Exclude<MediaKind, 'file'>, string>> = {
  image: 'Picture',
  video: 'Video',
  audio: 'Sound',
  model: '3D model',
};

/** What a file is called: "ZIP archive", "3D model (FBX)", "Picture (HEIC)"; its bare type where it has no name. */
export function typeName(contentType: string, fileName: string): string {
  const type = plainType(contentType);
  const ending = endingOf(fileName);
  // A USDZ is a ZIP by its bytes.
  const kind = kindOfEnding(fileName);
  const named =
    kind === undefined || kind === 'file'
      ? FORMATS.get(BY_TYPE.get(type ?? '') ?? ending)
      : `${KINDS[kind]} (${ending.toUpperCase()})`;
  return named ?? FORMATS.get(ending) ?? type ?? 'File of a kind that is not known';
}
