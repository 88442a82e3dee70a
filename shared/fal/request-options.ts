import * as z from 'zod';
import { lifecycleSchema } from './lifecycle.ts';

/** The longest wait a timer can hold, in seconds. */
const LONGEST = 2_147_483;
const seconds = z.number().positive().max(LONGEST);

/** Sent as it is, or not at all: a header has no way to say the rest. */
const headerText = z
  .string()
  .regex(/^[\t\x20-\x7e\xa0-\xff]*$/, 'holds characters that a header cannot carry');
const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is no name of a header');

const webAddress = z.url({ protocol: /^https?$/, error: 'is no web address' });

const retries = z.strictObject({ retries: z.int().min(0).max(10) }).optional();
/** fal-protocol §9.1: tries beyond the first, by condition. */
export const retryConfigSchema = z.strictObject({
  timeout: retries,
  server_error: retries,
  connection_error: retries,
});

/** What may be asked for with any request to a model (fal-protocol §4.1, §9.1). Times are in seconds. */
export const requestOptionsSchema = z.strictObject({
  /** Appended to the endpoint id (fal-protocol §2.3). */
  path: z.string().optional(),
  /** `low` stands behind all normal requests of the endpoint. fal takes a request for normal that says nothing. */
  priority: z.enum(['normal', 'low']).optional(),
  /** Requests of one hint go to one runner where that can be. */
  hint: headerText.min(1).optional(),
  /** A runner must have begun by then, or the request ends with a 504. Both official clients refuse 1 and less. */
  startTimeout: z.number().gt(1).max(LONGEST).optional(),
  /** How long we wait for the whole. fal does not know of it: see each method for what becomes of the request. */
  timeout: seconds.optional(),
  /** A connection that pushes events and is silent for longer counts as dead; 60 where it is not said. */
  stallTimeout: seconds.optional(),
  /** fal itself does not try again what failed in its queue. */
  noRetry: z.boolean().optional(),
  /** How often fal itself tries again after each kind of failure; for apps of one's own. */
  retryConfig: retryConfigSchema.optional(),
  /** false: fal does not keep input and output as JSON. */
  storeIo: z.boolean().optional(),
  /** How long the files that the model makes are kept, and who may read them. */
  lifecycle: lifecycleSchema.optional(),
  /** fal does not answer with another model in place of one that fails. */
  disableFallback: z.boolean().optional(),
  /** Headers of one's own. Those that are the connection's are left out; those above come first. */
  headers: z.record(headerName, headerText).optional(),
  /** Told of the end of a queued request (fal-protocol §11). */
  webhookUrl: webAddress.optional(),
  /** Not taken into a queue in which more than that many wait already. */
  maxQueueLength: z.int().min(0).optional(),
});
export type RequestOptions = z.infer<typeof requestOptionsSchema>;
