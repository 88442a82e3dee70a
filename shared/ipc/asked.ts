import * as z from 'zod';
import { methodSchema } from '../runs/asked.ts';
import { requestOptionsSchema } from '../fal/request-options.ts';
import { command, nothing } from './define.ts';

const endpointId = z.string().min(1).max(300);

/** How a model's requests are sent; a null method is the model's usual one. */
export const keptAskedSchema = z.object({ method: methodSchema.nullable(), options: requestOptionsSchema });
export type KeptAsked = z.infer<typeof keptAskedSchema>;

export const askedCommands = {
  /** As it was left; the usual method and no options where nothing was chosen. */
  'asked.kept': command(z.object({ endpointId }), keptAskedSchema),
  'asked.save': command(keptAskedSchema.extend({ endpointId }), nothing),
};
