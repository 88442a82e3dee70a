import type { LocalModel } from '../../electron/local-fal/index.ts';
import { makeDocument } from '../local-fal/fixture-documents.ts';

export interface NotingModel {
  readonly model: LocalModel;
  /** The inputs it was given, in order. */
  readonly seen: unknown[];
}

/** A model that takes what `input` describes, keeps what it was given, and answers with `says`. */
export function notingModel(endpointId: string, name: string, says: string, input: object): NotingModel {
  const seen: unknown[] = [];
  const document = makeDocument(endpointId, {
    In: input,
    Out: { type: 'object', properties: { text: { type: 'string' } } },
  });
  const model: LocalModel = {
    endpointId,
    metadata: {
      display_name: name,
      category: 'image-to-image',
      description: '',
      tags: [],
      updated_at: '2026-01-01T00:00:00Z',
      date: '2026-01-01T00:00:00Z',
    },
    price: null,
    streams: false,
    openapi: () => document,
    validate: () => null,
    async *run(given, context) {
      seen.push(given);
      await context.pause(1);
      yield { kind: 'output', data: { text: says } };
    },
  };
  return { model, seen };
}
