import * as z from 'zod';
import { appError, appErrorSchema } from '../fal/errors.ts';
import { isJson, isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import { requestOptionsSchema } from '../fal/request-options.ts';
import { batchPlaceSchema, methodSchema, moneySchema } from './asked.ts';

export const jsonValue = z.custom<JsonValue>((value) => isJson(value), 'not JSON');
export const jsonObject = z.custom<JsonObject>(
  (value) => isJson(value) && isJsonObject(value),
  'not a JSON object',
);

/** Time-ordered: `created milliseconds * 1000 + n`, so paging by id is paging by date. */
export const runIdSchema = z.int().positive();
export type RunId = z.infer<typeof runIdSchema>;

/** Why fal cannot be asked just now; the run goes on there, and so does the asking. */
const trouble = appErrorSchema.nullable();

/** What fal's own list of requests said of a run whose submit was never answered (fal-protocol §12.2). */
export const lookupSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none_found') }),
  /** So many requests of the model that no run here has; which of them is this one, if any, is not certain. */
  z.object({ kind: z.literal('found'), count: z.int() }),
  z.object({ kind: z.literal('impossible'), error: appErrorSchema }),
]);
export type Lookup = z.infer<typeof lookupSchema>;

/** Rows of the time before runs were looked up say nothing of it. */
const NOT_ASKED: Lookup = {
  kind: 'impossible',
  error: appError('unconfirmed', 'fal was not asked whether it took the request'),
};

/** Where a run stands. Each is a row in the database before it is an event. */
export const runStateSchema = z.discriminatedUnion('kind', [
  /**
   * Written down and sent when its turn comes, the smallest `rank` first. `held`: it was waiting when the program last
   * stopped, and is sent only when a person says so.
   */
  z.object({ kind: z.literal('waiting'), rank: z.number(), held: z.boolean() }),
  /** Written down; the files it names are on their way to fal's storage, which costs nothing. */
  z.object({ kind: z.literal('uploading'), done: z.int(), total: z.int() }),
  /** Written down; the submit is on its way and no request id is known yet. */
  z.object({ kind: z.literal('submitting') }),
  /**
   * The submit's answer was lost, and fal is asked whether it has the request; nothing is sent. `cancelWish`: what is
   * found is to be cancelled.
   */
  z.object({ kind: z.literal('confirming'), error: appErrorSchema, cancelWish: z.boolean() }),
  /** Asked for and not found for certain: fal may or may not be running it, and it is never sent again by itself. */
  z.object({
    kind: z.literal('unconfirmed'),
    error: appErrorSchema,
    lookup: lookupSchema.default(NOT_ASKED),
  }),
  /** `position` is the number of requests ahead; null where the server does not say. */
  z.object({ kind: z.literal('queued'), position: z.int().nullable(), trouble }),
  z.object({ kind: z.literal('running'), trouble }),
  /** Completed at fal; the result is being read. */
  z.object({ kind: z.literal('fetching'), trouble }),
  /** The result is known; its media are being copied to this computer. */
  z.object({ kind: z.literal('saving'), done: z.int(), total: z.int() }),
  z.object({ kind: z.literal('succeeded') }),
  z.object({ kind: z.literal('failed'), error: appErrorSchema }),
  /** Cancel was asked of fal and not answered yet. */
  z.object({ kind: z.literal('cancelling') }),
  /** `word` is fal's answer (fal-protocol §4.5), or `CALL_DROPPED`; null when it never got the request. */
  z.object({ kind: z.literal('cancelled'), word: z.string().nullable() }),
  /** fal no longer knows the request. */
  z.object({ kind: z.literal('lost'), error: appErrorSchema }),
]);
export type RunState = z.infer<typeof runStateSchema>;
export type RunStateKind = RunState['kind'];
export const runStateKindSchema = z.enum(runStateSchema.options.map((option) => option.shape.kind.value));

/** A file of a result: copied to this computer, or, when that failed, still only at its address. */
export const runMediaSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('stored'),
    /** JSON path in the output, for naming. */
    path: z.array(z.union([z.string(), z.number()])),
    medium: z.enum(['image', 'video', 'audio', 'model', 'file']),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** As read from the first bytes; what the server claims counts only where those say nothing. */
    contentType: z.string(),
    bytes: z.int(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    fileName: z.string(),
    url: z.string(),
  }),
  z.object({
    kind: z.literal('remote'),
    path: z.array(z.union([z.string(), z.number()])),
    medium: z.enum(['image', 'video', 'audio', 'model', 'file']),
    url: z.string(),
    error: appErrorSchema,
  }),
]);
export type RunMedia = z.infer<typeof runMediaSchema>;
export type StoredMedia = Extract<RunMedia, { kind: 'stored' }>;

/** When things happened, in milliseconds since 1970; null until they did. */
export const runTimesSchema = z.object({
  created: z.int(),
  /** When the submit was begun, by this computer's clock as it was: fal's list is searched from here. */
  submitted: z.int().nullable().default(null),
  queued: z.int().nullable(),
  started: z.int().nullable(),
  ended: z.int().nullable(),
  /** Seconds, as told by fal's metrics (fal-protocol §4.2). */
  inferenceSeconds: z.number().nullable(),
});
export type RunTimes = z.infer<typeof runTimesSchema>;

export const runSchema = z.object({
  id: runIdSchema,
  endpointId: z.string(),
  /** The profile it was sent with; following it needs that profile's hosts and key. */
  profileId: z.string(),
  requestId: z.string().nullable(),
  /**
   * `queue`: begun in the Playground. `live`: a frame kept from a realtime session; its request opens there again.
   * `attached`: begun elsewhere and followed here by its request id; its input is what fal tells of it, else empty.
   */
  origin: z.enum(['queue', 'live', 'attached']),
  method: methodSchema,
  options: requestOptionsSchema,
  /** Null for a run of its own. */
  batch: batchPlaceSchema.nullable(),
  input: jsonObject,
  output: jsonValue,
  media: z.array(runMediaSchema),
  times: runTimesSchema,
  money: moneySchema,
  state: runStateSchema,
});
export type Run = z.infer<typeof runSchema>;

/**
 * What a run under way has brought so far: a preview, the text as far as it goes, the pictures that are there. Each takes
 * the place of the one before. Never written down; the output is.
 */
export const runPartialSchema = z.object({
  id: runIdSchema,
  /** Counts up within a run. */
  n: z.int().positive(),
  /** In the form of the output; pictures in it stand as `media:<sha256>`, and in `media`. */
  output: jsonValue,
  media: z.array(runMediaSchema),
});
export type RunPartial = z.infer<typeof runPartialSchema>;
