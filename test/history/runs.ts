import { appError } from '../../shared/fal/errors.ts';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { BatchPlace, Money } from '../../shared/runs/asked.ts';
import { NO_MONEY } from '../../shared/runs/asked.ts';
import type { Run, RunId, RunState } from '../../shared/runs/run.ts';
import type { Random } from '../soak/random.ts';
import { answerOf } from './answers.ts';
import type { Shelf } from './answers.ts';
import type { MadeFiles } from './files.ts';
import type { Made } from './models.ts';
import { requestFor } from './requests.ts';

/** A run as it lies in the history of somebody who has used the program for long. */
export interface MadeRun {
  readonly run: Run;
  readonly logs: readonly LogEntry[];
}

export interface RunPlan {
  readonly id: RunId;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly model: Made;
  readonly prompt: string;
  readonly batch: BatchPlace | null;
  readonly profileId: string;
}

const LOST = appError('lost', 'fal no longer knows the request', {
  detail: 'Request not found',
  hint: 'The request is kept here and can be run again.',
});

/** How runs end, by how many of a hundred. */
const ENDS: readonly (readonly [share: number, state: RunState])[] = [
  [88, { kind: 'succeeded' }],
  [
    3,
    {
      kind: 'failed',
      error: appError('validation', 'The request does not fit', {
        fields: [
          {
            loc: ['body', 'prompt'],
            msg: 'String should have at most 500 characters',
            type: 'string_too_long',
          },
        ],
      }),
    },
  ],
  [
    3,
    {
      kind: 'failed',
      error: appError('model', 'The model failed', {
        detail: 'The content could not be processed because it was flagged by a content checker.',
      }),
    },
  ],
  [
    1,
    {
      kind: 'failed',
      error: appError('request', 'fal could not run the request', { detail: 'Runner disconnected' }),
    },
  ],
  [3, { kind: 'cancelled', word: 'CANCELLATION_REQUESTED' }],
  [1, { kind: 'lost', error: LOST }],
  [
    1,
    {
      kind: 'unconfirmed',
      error: appError('unconfirmed', 'The answer was lost'),
      lookup: { kind: 'none_found' },
    },
  ],
];

export function makeRun(plan: RunPlan, files: MadeFiles, shelf: Shelf, random: Random): MadeRun {
  const { id, at, model, prompt, batch, profileId } = plan;
  const input = requestFor(model, prompt, files, random);
  let place = random.below(100);
  const state: RunState = model.live
    ? { kind: 'succeeded' }
    : (ENDS.find(([share]) => (place -= share) < 0)?.[1] ?? { kind: 'succeeded' });
  const done = state.kind === 'succeeded';
  const { output, media } = done
    ? answerOf(model.answer, input, prompt, shelf, random)
    : { output: null, media: [] };
  const took = model.price?.unit === 'seconds' ? 20_000 + random.below(90_000) : 800 + random.below(9000);
  const queued = at + 150 + random.below(400);
  const started = queued + random.below(4000);
  const method = model.live
    ? 'direct'
    : random.chance(0.9)
      ? 'queue'
      : random.chance(0.5)
        ? 'direct'
        : 'stream';
  const run: Run = {
    id,
    endpointId: model.endpointId,
    profileId,
    requestId: state.kind === 'unconfirmed' ? null : uuid(random),
    origin: model.live ? 'live' : random.chance(0.01) ? 'attached' : 'queue',
    method,
    options: random.chance(0.03) ? { priority: 'low' } : {},
    batch,
    input,
    output,
    media: [...media],
    times: {
      created: at,
      submitted: at + 4,
      queued: method === 'queue' ? queued : null,
      started: done ? started : null,
      ended: state.kind === 'unconfirmed' ? null : started + took,
      inferenceSeconds: done && !model.live ? Number((took / 1000).toFixed(3)) : null,
    },
    money: moneyOf(model, took, random),
    state,
  };
  return { run, logs: random.chance(0.15) ? logsOf(started, took, random) : [] };
}

function moneyOf({ price, live }: Made, took: number, random: Random): Money {
  if (price === null || live) return NO_MONEY;
  const units = price.unit === 'seconds' ? Math.round(took / 10_000) : 1 + random.below(4);
  const estimate = { amount: Number((units * price.amount).toFixed(6)), currency: price.currency };
  // What fal does not say with its answer stays unknown.
  return { estimate, price, billableUnits: random.chance(0.8) ? units : null };
}

function logsOf(started: number, took: number, random: Random): readonly LogEntry[] {
  const count = 3 + random.below(10);
  return Array.from({ length: count }, (_, i) => ({
    message:
      i === 0 ? 'Loading weights' : `${Math.round((100 * i) / count)}%|${'█'.repeat(i)}| ${i}/${count}`,
    level: i === 0 ? 'DEBUG' : 'INFO',
    timestamp: new Date(started + (took * i) / count).toISOString(),
  }));
}

function uuid(random: Random): string {
  const hex = Array.from({ length: 32 }, () => random.below(16).toString(16)).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
