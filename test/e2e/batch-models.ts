import { ModelError } from '../../electron/local-fal/index.ts';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { makeDocument } from '../local-fal/fixture-documents.ts';
import { fixtureModel } from './fixture-model.ts';

type Input = Readonly<Record<string, unknown>>;

export interface BatchModel {
  readonly model: LocalModel;
  /** The inputs it was given, in order. */
  readonly seen: Input[];
  /** Which inputs it refuses. */
  refuses: (input: Input) => boolean;
  /** How many more it answers; those after them go on until they are cancelled. */
  answers: number;
}

const PICTURE = `data:image/svg+xml;base64,${Buffer.from(
  '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><rect width="64" height="48" fill="#5a8"/></svg>',
).toString('base64')}`;

/** A model that makes one picture a run, for `price` dollars. */
export function batchModel(endpointId: string, name: string, price: number): BatchModel {
  const like = fixtureModel({ endpointId });
  const document = makeDocument(endpointId, {
    In: {
      type: 'object',
      required: ['prompt'],
      properties: {
        prompt: { type: 'string', title: 'Prompt' },
        steps: { type: 'integer', title: 'Steps', minimum: 1, maximum: 50, default: 28 },
        style: { type: 'string', title: 'Style', enum: ['ink', 'oil', 'print'] },
        seed: { type: 'integer', title: 'Seed' },
        num_images: { type: 'integer', title: 'Num Images', minimum: 1, maximum: 4, default: 1 },
      },
    },
    Out: { type: 'object', properties: { images: { type: 'array', items: { type: 'object' } } } },
  });
  const self: BatchModel = {
    model: {
      ...like,
      metadata: { ...like.metadata, display_name: name },
      price: { unit_price: price, unit: 'images', currency: 'USD' },
      openapi: () => document,
      validate: () => null,
      async *run(given, context) {
        const input: Input = { ...Object(given) };
        self.seen.push(input);
        await context.pause(1);
        if (self.refuses(input)) {
          const msg = 'Nothing came of it';
          const body = { detail: [{ loc: ['body'], msg, type: 'image_load_error' }] };
          throw new ModelError(msg, 'image_load_error', { status: 422, body });
        }
        self.answers -= 1;
        if (self.answers < 0)
          await new Promise((_, reject) => {
            context.signal.addEventListener('abort', () => reject(new Error('stopped')), { once: true });
          });
        yield { kind: 'output', data: { images: [{ url: PICTURE, content_type: 'image/svg+xml' }] } };
      },
    },
    seen: [],
    refuses: () => false,
    answers: Infinity,
  };
  return self;
}
