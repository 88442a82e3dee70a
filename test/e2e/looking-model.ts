import { notingModel } from './noting-model.ts';
import type { NotingModel } from './noting-model.ts';

/** A model that takes files, and says what it was given. */
export const lookingModel = (): NotingModel =>
  notingModel('test/looking', 'Looking', 'looked at', {
    type: 'object',
    required: ['prompt', 'image_url'],
    'x-fal-order-properties': ['prompt', 'image_url', 'end_image_url', 'video_url'],
    properties: {
      prompt: { type: 'string', title: 'Prompt' },
      image_url: { type: 'string', title: 'Image Url', description: 'The picture to look at.' },
      end_image_url: {
        title: 'End Image Url',
        anyOf: [{ type: 'string', ui: { field: 'image' } }, { type: 'null' }],
      },
      video_url: { type: 'string', title: 'Video Url' },
    },
  });
