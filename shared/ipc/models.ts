import * as z from 'zod';
import { appErrorSchema } from '../fal/errors.ts';
import { jsonValue } from '../runs/run.ts';
import { command, nothing } from './define.ts';
import { realmSchema } from './profiles.ts';

/** A model as the picker lists it (fal-protocol §12.1). */
export const modelSchema = z.object({
  endpointId: z.string(),
  name: z.string(),
  category: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  deprecated: z.boolean(),
});
export type Model = z.infer<typeof modelSchema>;

export const catalogueSchema = z.object({
  /** Whose models these are; the same for every key of a realm. */
  realm: realmSchema,
  models: z.array(modelSchema),
  /** Milliseconds since 1970 of the last full read; null when there was none yet. */
  readAt: z.int().nullable(),
  /** Why the last read failed; the models are then those kept from before. */
  error: appErrorSchema.nullable(),
});
export type Catalogue = z.infer<typeof catalogueSchema>;

export const priceSchema = z.object({ amount: z.number(), unit: z.string(), currency: z.string() });
export type Price = z.infer<typeof priceSchema>;

export const modelCommands = {
  /** The kept catalogue at once where there is one; a fresh one follows as `models.changed`. */
  'models.list': command(nothing, catalogueSchema),
  'models.refresh': command(nothing, catalogueSchema),
  /** The model's own OpenAPI document, unread (fal-protocol §12.4). */
  'models.document': command(z.object({ endpointId: z.string() }), jsonValue),
  /** Null where fal names no price. */
  'models.price': command(z.object({ endpointId: z.string() }), priceSchema.nullable()),
};

export const modelEvents = { 'models.changed': catalogueSchema };
