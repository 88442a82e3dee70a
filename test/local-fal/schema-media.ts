import type { LocalModel, RunContext } from '../../electron/local-fal/index.ts';
import { paint } from '../../electron/local-fal/paint/paint.ts';
import type { MediaMaker } from './generate.ts';
import { mediaFile, mediaKind } from './media-files.ts';
import type { Json } from './schema-documents.ts';
import { isJson } from './schema-documents.ts';

/** Pictures are kept small unless a size is asked for: tests want many, quickly. */
const USUAL_SIDE = 768;
const MOST_SIDE = 1536;

const PRESETS: Readonly<Record<string, readonly [number, number]>> = {
  square_hd: [1024, 1024],
  square: [512, 512],
  portrait_4_3: [768, 1024],
  portrait_16_9: [576, 1024],
  landscape_4_3: [1024, 768],
  landscape_16_9: [1024, 576],
};

/** What making a file needs of the run or the session it is made in. */
type Maker = Pick<RunContext, 'signal' | 'store'>;

/** Real files for the media of an output; with `sync_mode` inline, as fal does (fal-protocol §12.4). */
export function schemaMedia(input: Json, category: string, context: Maker): MediaMaker {
  return async (path, index) => {
    const names = path.filter((part) => !/^\d+$/.test(part));
    const kind = mediaKind(names, category);
    const { facts, ...file } =
      kind === 'image' ? await paintImage(input, names, index, context) : await mediaFile(kind);
    const stored = context.store(file);
    const inline = `data:${file.contentType};base64,${Buffer.from(file.bytes).toString('base64')}`;
    return { ...stored, ...facts, ...(input['sync_mode'] === true ? { url: inline } : {}) };
  };
}

async function paintImage(input: Json, names: readonly string[], index: number, context: Maker) {
  const size = sizeOf(input);
  const prompt = typeof input['prompt'] === 'string' ? input['prompt'] : names.join(' ');
  const seed = typeof input['seed'] === 'number' || typeof input['seed'] === 'bigint' ? input['seed'] : 1;
  // Any integer is a seed to a model; the painter takes 32 bits of it.
  const low = Number(BigInt.asUintN(32, BigInt(Math.trunc(Number(seed)))));
  const bytes = await paint({ prompt, seed: (low + index) % 2 ** 32, ...size }, context.signal);
  return { bytes, contentType: 'image/png', extension: 'png', facts: { ...size } };
}

export function sizeOf(input: Json): { width: number; height: number } {
  const asked = askedSize(input);
  if (!asked) return { width: 768, height: 576 };
  const [width, height] = asked;
  const most = Math.max(width, height) > USUAL_SIDE ? MOST_SIDE : USUAL_SIDE;
  const scale = Math.min(1, most / Math.max(width, height));
  const side = (n: number) => Math.max(16, Math.round(n * scale));
  return { width: side(width), height: side(height) };
}

function askedSize(input: Json): readonly [number, number] | null {
  const size = input['image_size'];
  if (typeof size === 'string' && PRESETS[size]) return PRESETS[size];
  const holder = isJson(size) ? size : input;
  const { width, height } = holder;
  if (typeof width === 'number' && typeof height === 'number' && width > 0 && height > 0)
    return [width, height];
  const ratio = /^(\d+):(\d+)$/.exec(String(input['aspect_ratio'] ?? ''));
  if (!ratio) return null;
  const [w, h] = [Number(ratio[1]), Number(ratio[2])];
  const scale = USUAL_SIDE / Math.max(w, h);
  return w > 0 && h > 0 ? [w * scale, h * scale] : null;
}

export function thumbnailOf(endpointId: string): NonNullable<LocalModel['thumbnail']> {
  return {
    fileName: `thumbnails/${endpointId.replaceAll('/', '__')}.png`,
    async make() {
      return {
        bytes: await paint({ prompt: endpointId, seed: 1, width: 320, height: 240 }),
        contentType: 'image/png',
      };
    },
  };
}
