import type { LocalModel } from '../../electron/local-fal/index.ts';
import { makeDocument } from '../local-fal/fixture-documents.ts';
import { notingModel } from './noting-model.ts';
import type { NotingModel } from './noting-model.ts';

/** A quarter of a dollar a picture, as many as are asked for. */
export function pricedModel(): NotingModel {
  const noting = notingModel('birds/painter', 'Painter', 'painted', {});
  const document = makeDocument('birds/painter', {
    In: {
      type: 'object',
      'x-fal-order-properties': ['prompt', 'num_images'],
      properties: {
        prompt: { type: 'string', title: 'Prompt' },
        num_images: { type: 'integer', title: 'Number of pictures', default: 1, minimum: 1, maximum: 9 },
      },
    },
    Out: { type: 'object', properties: { images: { type: 'array' } } },
  });
  const model: LocalModel = {
    ...noting.model,
    price: { unit_price: 0.25, unit: 'images', currency: 'USD' },
    units: (input) => Number(Reflect.get(Object(input), 'num_images') ?? 1),
    openapi: () => document,
  };
  return { ...noting, model };
}
