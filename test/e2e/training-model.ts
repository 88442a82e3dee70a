import type { LocalModel } from '../../electron/local-fal/index.ts';
import { notingModel } from './noting-model.ts';

export const TRAINER_ID = 'test/lora-trainer';

/** A model that learns from what it is given, and answers with the weights as trainings do. */
export function trainingModel(): LocalModel {
  const { model } = notingModel(TRAINER_ID, 'Trainer', '', {
    type: 'object',
    properties: { trigger_word: { type: 'string', title: 'Trigger word' } },
  });
  return {
    ...model,
    metadata: { ...model.metadata, category: 'training' },
    async *run(_, context) {
      await context.pause(1);
      // As such files begin: the length of their head, then the head.
      const bytes = Uint8Array.of(2, 0, 0, 0, 0, 0, 0, 0, 0x7b, 0x7d);
      const contentType = 'application/octet-stream';
      const file = {
        bytes,
        contentType,
        extension: 'safetensors',
        fileName: 'pytorch_lora_weights.safetensors',
      };
      yield { kind: 'output', data: { diffusers_lora_file: context.store(file) } };
    },
  };
}
