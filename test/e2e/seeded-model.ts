import type { LocalModel } from '../../electron/local-fal/index.ts';
import { liveModel } from '../../electron/local-fal/realtime/testing.ts';
import { makeDocument } from '../local-fal/fixture-documents.ts';
import { RING_LENGTH, RING_SIDE, ringFrames } from '../local-fal/ring-frames.ts';

interface SeededModel {
  readonly model: LocalModel;
  /** The seeds it was given, in order. */
  readonly seeds: unknown[];
  /** Keeps answers back until what it returned is called. */
  readonly hold: () => () => void;
}

/** Which of the ring's frames a seed makes. */
export const ringOf = (seed: number): number => seed % RING_LENGTH;

/** A live model whose seed has no default; its picture tells which seed it was made with. */
export async function seededModel(): Promise<SeededModel> {
  const endpointId = 'test/seeded/realtime';
  const frames = await ringFrames();
  const seeds: unknown[] = [];
  let held: Promise<void> = Promise.resolve();
  const document = makeDocument(endpointId, {
    In: {
      type: 'object',
      properties: {
        value: { type: 'integer', title: 'Value', minimum: 0, maximum: 100, default: 0 },
        seed: { anyOf: [{ type: 'integer' }, { type: 'null' }], title: 'Seed' },
      },
    },
    Out: {
      type: 'object',
      properties: { images: { type: 'array', items: { type: 'object', properties: {} } } },
    },
  });
  const model: LocalModel = {
    ...liveModel(endpointId, {
      mode: 'unary',
      answer: async ({ seed }) => {
        seeds.push(seed);
        await held;
        const content = frames[ringOf(Number(seed))];
        return { images: [{ content, content_type: 'image/jpeg', width: RING_SIDE, height: RING_SIDE }] };
      },
    }),
    openapi: () => document,
  };
  const hold = (): (() => void) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    held = promise;
    return resolve;
  };
  return { model, seeds, hold };
}
