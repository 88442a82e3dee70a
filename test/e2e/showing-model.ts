import { encode } from 'fast-png';
import type { LocalModel, RunContext } from '../../electron/local-fal/index.ts';
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
  const hill = (tone: number, size = SIZE): unknown => keep(context, hillOf(tone, size), size);
  switch (show) {
    case 'four':
      return { images: [hill(40), hill(90), hill(140), hill(190)] };
    case 'flagged':
      return { images: [hill(60), hill(160)], has_nsfw_concepts: [false, true] };
    case 'glass':
      return { image: keep(context, glass(), SIZE) };
    case 'drawing': {
      const text =
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 30"><circle cx="20" cy="15" r="9"/></svg>';
      const bytes = new TextEncoder().encode(text);
      return { image: context.store({ bytes, contentType: 'image/svg+xml', extension: 'svg' }) };
    }
    case 'wide':
      return { image: hill(110, { width: 1600, height: 400 }) };
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

/** A dark curve under a bright sky; made in no time, and another picture for each tone. */
function hillOf(tone: number, { width, height }: typeof SIZE): Uint8Array {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const sky = y < height * (0.55 + 0.2 * Math.sin((x / width) * 5 + tone));
    data.set(sky ? [tone + 60, 200, 225 - tone / 2] : [40, tone / 3 + 50, 60], i * 3);
  }
  return encode({ width, height, data, channels: 3 });
}

/** From nothing at the left to a whole colour at the right. */
function glass(): Uint8Array {
  const { width, height } = SIZE;
  const data = new Uint8Array(width * height * 4);
  for (let i = 0; i < width * height; i += 1)
    data.set([60, 120, 200, Math.round(((i % width) / width) * 255)], i * 4);
  return encode({ width, height, data, channels: 4 });
}
