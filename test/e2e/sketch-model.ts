import type { LocalModel } from '../../electron/local-fal/index.ts';
import { liveModel } from '../../electron/local-fal/realtime/testing.ts';
import { makeDocument } from '../local-fal/fixture-documents.ts';

interface SketchModel {
  readonly model: LocalModel;
  /** The pictures it was given, in order. */
  readonly pictures: string[];
}

/** A live model that takes a picture and answers in words. */
export function sketchModel(): SketchModel {
  const endpointId = 'test/sketch/realtime';
  const pictures: string[] = [];
  const document = makeDocument(endpointId, {
    In: {
      type: 'object',
      required: ['image_url'],
      properties: {
        image_url: { type: 'string', title: 'Image Url', description: 'The picture to start from.' },
      },
    },
    Out: { type: 'object', properties: { words: { type: 'string' } } },
  });
  const model: LocalModel = {
    ...liveModel(endpointId, {
      mode: 'unary',
      answer: (input) => {
        const picture = String(input['image_url']);
        pictures.push(picture);
        return { words: `a picture of ${picture.length} characters` };
      },
    }),
    openapi: () => document,
  };
  return { model, pictures };
}
