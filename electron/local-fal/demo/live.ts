import type { JsonObject, LocalModel, RunContext, RunEvent, ValidationDetail } from '../types.ts';
import { ModelError } from '../types.ts';
import { isObject } from '../http.ts';
import type { LivePlan } from '../paint/live/index.ts';
import { paintLive } from '../paint/live/index.ts';
import {
  LIVE_BUFFERING,
  LIVE_DESCRIPTION,
  LIVE_ID,
  LIVE_PROMPT,
  LIVE_IDLE_MS,
  LIVE_SIDES,
  LIVE_THUMBNAIL,
  liveOpenapi,
  MAX_PROMPT,
} from './live-openapi.ts';
import { Reader } from './reader.ts';

/** The demo's live model: each input is answered with a picture, many times a second. */
export const hillsideLive: LocalModel = {
  endpointId: LIVE_ID,
  metadata: {
    display_name: 'Hillside Live',
    category: 'text-to-image',
    description: LIVE_DESCRIPTION,
    tags: ['landscape', 'demo', 'realtime', 'offline'],
    updated_at: '2026-10-01T09:00:00Z',
    date: '2026-10-01T09:00:00Z',
    license_type: 'commercial',
    group: { key: 'demo', label: 'Demo' },
  },
  price: { unit_price: 0, unit: 'images', currency: 'USD' },
  streams: false,
  thumbnail: {
    fileName: LIVE_THUMBNAIL,
    async make() {
      const plan = { prompt: LIVE_PROMPT, seed: 7, side: 512, timeOfDay: 0.24, mist: 0.5, hills: 0.6 };
      return { bytes: await paintLive(plan, null), contentType: 'image/png' };
    },
  },
  openapi: liveOpenapi,
  validate(input) {
    const read = readPlan(input);
    return read.ok ? null : read.details;
  },
  run,
  realtime: {
    mode: 'unary',
    buffering: LIVE_BUFFERING,
    idleMs: LIVE_IDLE_MS,
    async answer(input, { signal }) {
      const plan = planOf(input);
      const began = performance.now();
      const content = await paintLive(plan, signal);
      const { side } = plan;
      const image = { content, content_type: 'image/png', width: side, height: side };
      return outputOf(plan, image, began);
    },
  },
};

/** The same picture once, as a file, for whoever asks the queue. */
async function* run(input: unknown, context: RunContext): AsyncGenerator<RunEvent> {
  const plan = planOf(input);
  const { side } = plan;
  const began = performance.now();
  yield { kind: 'log', message: `Painting ${side}x${side}, seed ${plan.seed}` };
  const bytes = await paintLive(plan, context.signal);
  const { url } = context.store({ bytes, contentType: 'image/png', extension: 'png' });
  const image = { url, content_type: 'image/png', width: side, height: side };
  yield { kind: 'output', data: outputOf(plan, image, began) };
}

function outputOf(plan: LivePlan, image: JsonObject, began: number): JsonObject {
  const inference = Math.round(performance.now() - began) / 1000;
  return { images: [image], seed: plan.seed, timings: { inference }, prompt: plan.prompt };
}

type ReadPlan =
  | { readonly ok: true; readonly plan: LivePlan }
  | { readonly ok: false; readonly details: readonly ValidationDetail[] };

function planOf(input: unknown): LivePlan {
  const read = readPlan(input);
  if (read.ok) return read.plan;
  throw new ModelError('Invalid input', 'value_error', { status: 422, body: { detail: read.details } });
}

function readPlan(body: unknown): ReadPlan {
  const read = new Reader();
  if (!isObject(body)) {
    read.fault([], 'model_attributes_type', 'Input should be a valid dictionary', body ?? null);
    return { ok: false, details: read.faults };
  }
  const slider = (name: string, initial: number) =>
    read.number(body[name] ?? initial, [name], { least: 0, most: 1, whole: false });
  const side = LIVE_SIDES.find((known) => known === (body['image_side'] ?? 512));
  if (side === undefined) {
    const msg = `Input should be one of ${LIVE_SIDES.join(', ')}`;
    read.fault(['image_side'], 'one_of', msg, body['image_side'], { expected: LIVE_SIDES });
  }
  const plan: LivePlan = {
    prompt: read.text(body['prompt'] ?? LIVE_PROMPT, ['prompt'], { least: 1, most: MAX_PROMPT }),
    seed: read.number(body['seed'] ?? 7, ['seed'], { least: 0, most: 4294967295, whole: true }),
    side: side ?? 512,
    timeOfDay: slider('time_of_day', 0.32),
    mist: slider('mist', 0.35),
    hills: slider('hills', 0.5),
  };
  return read.faults.length > 0 ? { ok: false, details: read.faults } : { ok: true, plan };
}
