import { notingModel } from './noting-model.ts';
import type { NotingModel } from './noting-model.ts';

export const VIEWS_ID = 'test/views';

/** A model with fields of several kinds, defaults among them. */
export const viewsModel = (): NotingModel =>
  notingModel(VIEWS_ID, 'Views', 'seen', {
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
  });
