import type { LocalModel, RealtimeModel, ValidationDetail } from '../../electron/local-fal/index.ts';
import { makeDocument } from './fixture-documents.ts';
import { RING_LENGTH, RING_SIDE, ringFrames } from './ring-frames.ts';

export const RING_ID = 'bench/ring/realtime';
export const PUSH_ID = 'bench/push/realtime';

const NUMBER = { type: 'integer', minimum: 0, maximum: RING_LENGTH - 1, default: 0 } as const;
const PUSH = {
  fps: { type: 'number', exclusiveMinimum: 0, maximum: 1000, default: 60, description: 'Frames a second.' },
  count: { type: 'integer', minimum: 1, default: 1_000_000, description: 'Frames in all.' },
} as const;
const OUTPUT = {
  type: 'object',
  required: ['images', 'value'],
  properties: {
    images: {
      type: 'array',
      items: { type: 'object', properties: { content: { type: 'string', format: 'binary' } } },
    },
    value: NUMBER,
  },
} as const;

/**
 * What live sessions are measured with: frames that were encoded beforehand, so that the server costs nothing.
 * `bench/ring/realtime` answers `{value}` with that frame; `bench/push/realtime` sends them round and round at a steady rate.
 */
export async function ringModels(): Promise<readonly LocalModel[]> {
  const frames = await ringFrames();
  const output = (value: number) => ({
    images: [
      {
        content: frames[value % RING_LENGTH],
        content_type: 'image/jpeg',
        width: RING_SIDE,
        height: RING_SIDE,
      },
    ],
    value: value % RING_LENGTH,
  });
  return [
    model(
      RING_ID,
      'Ring',
      { value: NUMBER },
      {
        mode: 'unary',
        answer: (input) => output(Number(input['value'] ?? 0)),
      },
    ),
    model(PUSH_ID, 'Push', PUSH, {
      mode: 'server_streaming',
      async *answer(input, { signal }) {
        const interval = 1000 / Number(input['fps'] ?? PUSH.fps.default);
        const count = Number(input['count'] ?? PUSH.count.default);
        const began = performance.now();
        for (let i = 0; i < count; i += 1) {
          // From the beginning, not from the frame before: a rate that drifts is none.
          await until(began + i * interval, signal);
          if (signal.aborted) return;
          yield output(i);
        }
      },
    }),
  ];
}

function until(time: number, signal: AbortSignal): Promise<void> {
  const wait = time - performance.now();
  if (wait <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, wait);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done);
  });
}

type Limits = Readonly<
  Record<string, { readonly minimum?: number; readonly exclusiveMinimum?: number; readonly maximum?: number }>
>;

function model(endpointId: string, name: string, inputs: Limits, realtime: RealtimeModel): LocalModel {
  const document = makeDocument(endpointId, { In: { type: 'object', properties: inputs }, Out: OUTPUT });
  return {
    endpointId,
    metadata: {
      display_name: name,
      category: 'text-to-image',
      description: 'Frames encoded beforehand, for measuring.',
      tags: [],
      updated_at: '2026-06-11T00:00:00Z',
      date: '2026-06-11T00:00:00Z',
    },
    price: null,
    streams: false,
    realtime,
    openapi: () => document,
    validate: (input) => faultsOf(input, inputs),
    async *run() {
      yield { kind: 'output', data: { images: [], value: 0 } };
    },
  };
}

function faultsOf(input: unknown, inputs: Limits): ValidationDetail[] | null {
  const faults: ValidationDetail[] = [];
  for (const [name, { minimum, exclusiveMinimum, maximum }] of Object.entries(inputs)) {
    const value: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;
    if (value === undefined) continue;
    const good =
      typeof value === 'number' &&
      (minimum === undefined || (value >= minimum && Number.isInteger(value))) &&
      (exclusiveMinimum === undefined || value > exclusiveMinimum) &&
      (maximum === undefined || value <= maximum);
    if (!good)
      faults.push({ loc: ['body', name], msg: 'Input is out of range', type: 'value_error', input: value });
  }
  return faults.length > 0 ? faults : null;
}
