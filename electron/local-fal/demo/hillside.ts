import { randomInt } from 'node:crypto';
import type { LocalModel, RunContext, RunEvent } from '../types.ts';
import { ModelError } from '../types.ts';
import { paint } from '../paint/paint.ts';
import type { HillsideInput } from './hillside-input.ts';
import { readInput } from './hillside-input.ts';
import { DESCRIPTION, ENDPOINT_ID, hillsideOpenapi, THUMBNAIL } from './hillside-openapi.ts';

/** Milliseconds at pace 1: a run of 24 steps takes some two seconds. */
const LOAD_MS = 350;
const STEP_MS = 55;
const STEPS_PER_LOG = 4;
/** Longer side of a preview, in pixels: enough to recognise, small enough for a data URI. */
const PREVIEW_SIDE = 320;
const MAX_PREVIEWS = 12;

/** The demo: a landscape painter that needs no network, no key of worth and no graphics card. */
export const hillside: LocalModel = {
  endpointId: ENDPOINT_ID,
  metadata: {
    display_name: 'Hillside',
    category: 'text-to-image',
    description: DESCRIPTION,
    tags: ['landscape', 'demo', 'stylized', 'offline'],
    updated_at: '2026-09-01T09:00:00Z',
    date: '2026-09-01T09:00:00Z',
    license_type: 'commercial',
    group: { key: 'demo', label: 'Demo' },
    highlighted: true,
  },
  price: { unit_price: 0, unit: 'images', currency: 'USD' },
  streams: true,
  ahead: 2,
  thumbnail: {
    fileName: THUMBNAIL,
    async make() {
      const prompt = 'misty mountains at dawn over a still lake';
      return { bytes: await paint({ prompt, seed: 12, width: 640, height: 480 }), contentType: 'image/png' };
    },
  },
  openapi: hillsideOpenapi,
  validate(input) {
    const read = readInput(input);
    return read.ok ? null : read.details;
  },
  run,
};

/** How finished a picture is after so many steps: quick at first, slower later, whole from about 20 on. */
export function progressAt(steps: number): number {
  return Math.min(1, 1 - ((20 - Math.min(20, steps)) / 20) ** 1.35);
}

async function* run(raw: unknown, context: RunContext): AsyncGenerator<RunEvent> {
  const read = readInput(raw);
  if (!read.ok) {
    throw new ModelError('Invalid input', 'value_error', { status: 422, body: { detail: read.details } });
  }
  const { input } = read;
  const seed = input.seed ?? randomInt(0, 2 ** 32 - 1);
  const began = performance.now();
  yield { kind: 'log', message: `Mixing colours for ${input.width}x${input.height}, seed ${seed}` };
  await context.pause(LOAD_MS);

  const previewEvery = Math.max(1, Math.ceil(input.steps / MAX_PREVIEWS));
  for (let step = 1; step <= input.steps; step += 1) {
    await context.pause(STEP_MS);
    if (step % STEPS_PER_LOG === 0 || step === input.steps) {
      const percent = Math.round((step / input.steps) * 100);
      yield { kind: 'log', message: `${String(percent).padStart(3)}%  step ${step} of ${input.steps}` };
    }
    if (context.streaming && step < input.steps && (step === 1 || step % previewEvery === 0)) {
      yield { kind: 'preview', data: await preview(input, seed, step, context) };
    }
  }

  const images = [];
  for (let i = 0; i < input.count; i += 1) {
    const bytes = await paintFull(input, (seed + i) % 4294967296, context.signal);
    const file = context.store({ bytes, contentType: 'image/png', extension: 'png' });
    images.push({ ...file, width: input.width, height: input.height });
  }
  const seconds = Math.round(performance.now() - began) / 1000;
  yield {
    kind: 'log',
    message: `Painted ${images.length === 1 ? 'a picture' : `${images.length} pictures`} in ${seconds} s`,
  };
  yield {
    kind: 'output',
    data: {
      images,
      timings: { inference: seconds },
      seed,
      has_nsfw_concepts: input.checkSafety ? images.map(() => false) : [],
      prompt: input.prompt,
    },
  };
}

function paintFull(input: HillsideInput, seed: number, signal: AbortSignal): Promise<Uint8Array> {
  const { prompt, negativePrompt, width, height, style, guidance } = input;
  const progress = progressAt(input.steps);
  return paint({ prompt, negativePrompt, seed, width, height, style, guidance, progress }, signal);
}

async function preview(input: HillsideInput, seed: number, step: number, context: RunContext) {
  const scale = Math.min(1, PREVIEW_SIDE / Math.max(input.width, input.height));
  const width = Math.max(8, Math.round(input.width * scale));
  const height = Math.max(8, Math.round(input.height * scale));
  const { prompt, negativePrompt, style, guidance } = input;
  // Previews go from nothing to what this run will reach.
  const progress = progressAt(input.steps) * (step / input.steps) ** 0.8;
  const bytes = await paint(
    { prompt, negativePrompt, seed, width, height, style, guidance, progress },
    context.signal,
  );
  return {
    step,
    steps: input.steps,
    image: {
      url: `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`,
      content_type: 'image/png',
      width,
      height,
    },
  };
}
