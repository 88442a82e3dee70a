import type { LocalModel } from '../../electron/local-fal/index.ts';
import { makeDocument } from '../local-fal/fixture-documents.ts';

interface ViewsModel {
  readonly model: LocalModel;
  /** The inputs it was given, in order. */
  readonly seen: unknown[];
}

export const VIEWS_ID = 'test/views';

/** A model with fields of several kinds, defaults among them, that keeps what it was given. */
export function viewsModel(): ViewsModel {
  const seen: unknown[] = [];
  const document = makeDocument(VIEWS_ID, {
    In: {
      type: 'object',
      required: ['prompt'],
      properties: {
        prompt: { type: 'string', title: 'Prompt' },
        steps: { type: 'integer', title: 'Steps', minimum: 1, maximum: 50, default: 28 },
        loras: {
          type: 'array',
          title: 'Loras',
          items: {
            type: 'object',
            properties: {
              path: { type: 'string', title: 'Path' },
              scale: { type: 'number', title: 'Scale', minimum: 0, maximum: 4, default: 1 },
            },
          },
        },
      },
    },
    Out: { type: 'object', properties: { text: { type: 'string' } } },
  });
  const model: LocalModel = {
    endpointId: VIEWS_ID,
    metadata: {
      display_name: 'Views',
      category: 'text-to-image',
      description: '',
      tags: [],
      updated_at: '2026-01-01T00:00:00Z',
      date: '2026-01-01T00:00:00Z',
    },
    price: null,
    streams: false,
    openapi: () => document,
    validate: () => null,
    async *run(input, context) {
      seen.push(input);
      await context.pause(1);
      yield { kind: 'output', data: { text: 'seen' } };
    },
  };
  return { model, seen };
}
