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
  /** Milliseconds since 1970 when it came to fal; null where that is not known. */
  addedAt: z.int().nullable(),
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

/** What a person has to do with models: ids, the newest first. */
export const marksSchema = z.object({
  realm: realmSchema,
  starred: z.array(z.string()),
  /** As they were opened last. */
  recent: z.array(z.string()),
});
export type Marks = z.infer<typeof marksSchema>;

const endpointId = z.string().min(1).max(300);

export const modelCommands = {
  /** The kept catalogue at once where there is one; a fresh one follows as `models.changed`. */
  'models.list': command(nothing, catalogueSchema),
  'models.refresh': command(nothing, catalogueSchema),
  /** The model's own OpenAPI document, unread (fal-protocol §12.4). */
  'models.document': command(z.object({ endpointId: z.string() }), jsonValue),
  /** By id; null where fal names no price, left out where it could not be asked. */
  'models.prices': command(
    z.object({ endpointIds: z.array(endpointId).min(1).max(50) }),
    z.record(z.string(), priceSchema.nullable()),
  ),
  'models.marks': command(nothing, marksSchema),
  'models.star': command(z.object({ endpointId, starred: z.boolean() }), nothing),
};

export const modelEvents = { 'models.changed': catalogueSchema, 'models.marked': marksSchema };
