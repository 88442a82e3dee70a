import { encode } from 'fast-png';
import type { LocalModel, RunContext } from '../../electron/local-fal/index.ts';
import { paint } from '../../electron/local-fal/paint/paint.ts';
import { makeDocument } from '../local-fal/fixture-documents.ts';
import { mediaFile } from '../local-fal/media-files.ts';

/** What the model can be asked for, by its field "Show". */
export const SHOWS = ['four', 'flagged', 'glass', 'drawing', 'films', 'wide'] as const;
type Show = (typeof SHOWS)[number];

const SIZE = { width: 480, height: 360 };

/** A model that takes a picture or none, and gives files of the kind that is asked for. */
export function showingModel(): LocalModel {
  const endpointId = 'test/showing';
  const document = makeDocument(endpointId, {
    In: {
      type: 'object',
      required: ['show'],
      'x-fal-order-properties': ['show', 'image_url'],
      properties: {
        show: { type: 'string', title: 'Show', enum: SHOWS, default: 'four' },
        image_url: { type: 'string', title: 'Image Url', description: 'The picture to begin with.' },
      },
    },
    Out: { type: 'object', properties: {} },
  });
  return {
    endpointId,
    metadata: {
      display_name: 'Showing',
      category: 'image-to-image',
      description: '',
      tags: [],
      updated_at: '2026-01-01T00:00:00Z',
      date: '2026-01-01T00:00:00Z',
    },
    price: null,
    streams: false,
    openapi: () => document,
    validate: () => null,
    async *run(given, context) {
      await context.pause(1);
      const asked = SHOWS.find((show) => show === Reflect.get(Object(given), 'show')) ?? 'four';
      yield { kind: 'output', data: await shown(asked, context) };
    },
  };
}

async function shown(show: Show, context: RunContext): Promise<unknown> {
  const painted = async (seed: number, size = SIZE) =>
    keep(context, await paint({ prompt: 'hills at noon', seed, ...size }), size);
  switch (show) {
    case 'four':
      return { images: [await painted(1), await painted(2), await painted(3), await painted(4)] };
    case 'flagged':
      return { images: [await painted(5), await painted(6)], has_nsfw_concepts: [false, true] };
    case 'glass':
      return { image: keep(context, glass(), SIZE) };
    case 'drawing': {
      const text =
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><circle cx="20" cy="15" r="9"/></svg>';
      const bytes = new TextEncoder().encode(text);
      return { image: context.store({ bytes, contentType: 'image/svg+xml', extension: 'svg' }) };
    }
    case 'wide':
      return { image: await painted(7, { width: 1600, height: 400 }) };
    case 'films': {
      const { bytes, contentType, extension, facts } = await mediaFile('video');
      const film = { ...context.store({ bytes, contentType, extension }), ...facts };
      const again = context.store({ bytes, contentType, extension, fileName: 'again.mp4' });
      return { video: film, preview_video: again };
    }
  }
}

function keep(context: RunContext, bytes: Uint8Array, size: typeof SIZE): unknown {
  return { ...context.store({ bytes, contentType: 'image/png', extension: 'png' }), ...size };
}

/** From nothing at the left to a whole colour at the right. */
function glass(): Uint8Array {
  const { width, height } = SIZE;
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i += 1)
    data.set([60, 120, 200, Math.round(((i % width) / width) * 255)], i * 4);
  return encode({ width, height, data, channels: 4 });
}
