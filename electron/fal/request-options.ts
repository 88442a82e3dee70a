import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { assertNever, fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { callPath } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import type { FalHosts } from './hosts.ts';
import { lifecycleHeader, lifecycleSchema } from './lifecycle.ts';

/** The longest wait a timer can hold, in seconds. */
const LONGEST = 2_147_483;
const STALL_TIMEOUT = 60;
const seconds = z.number().positive().max(LONGEST);

/** Sent as it is, or not at all: a header has no way to say the rest. */
const headerText = z
  .string()
  .regex(/^[\t\x20-\x7e\xa0-\xff]*$/, 'holds characters that a header cannot carry');
const headerName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, 'is no name of a header');

const webAddress = z.string().refine((text) => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'https:' || url.protocol === 'http:');
}, 'is no web address');

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

/** A request as far as its options make it: where it goes, with which headers, and how long it may take. */
export interface Prepared {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds; null for no limit. */
  readonly limit: number | null;
  /** Milliseconds. */
  readonly stallLimit: number;
}

/** What a request is prepared for: the queue, a direct call, or a stream of events. */
export type Use = 'submit' | 'run' | 'stream';

/** Checks the options before anything is sent; what is wrong with them is an error of kind `input`. */
export function prepare(
  hosts: FalHosts,
  endpoint: Endpoint,
  options: RequestOptions,
  use: Use,
): Result<Prepared, AppError> {
  const parsed = requestOptionsSchema.safeParse(options);
  if (!parsed.success) return fail(refusal(z.prettifyError(parsed.error)));
  const { data } = parsed;
  if (use !== 'submit' && (data.webhookUrl !== undefined || data.maxQueueLength !== undefined))
    return fail(refusal('A webhook and a limit of the queue are for requests that go through the queue'));
  const path = callPath(endpoint, data.path, use === 'stream' ? 'stream' : '');
  if (!path.ok) return path;
  const query = new URLSearchParams();
  if (data.webhookUrl !== undefined) query.set('fal_webhook', data.webhookUrl);
  if (data.maxQueueLength !== undefined) query.set('fal_max_queue_length', String(data.maxQueueLength));
  return ok({
    url: `${endpoint.origin ?? baseOf(hosts, use)}/${path.value}${query.size > 0 ? `?${query}` : ''}`,
    headers: headersOf(data),
    limit: data.timeout === undefined ? null : data.timeout * 1000,
    stallLimit: (data.stallTimeout ?? STALL_TIMEOUT) * 1000,
  });
}

function baseOf(hosts: FalHosts, use: Use): string {
  switch (use) {
    case 'submit':
      return hosts.queue;
    case 'run':
    case 'stream':
      return hosts.run;
    default:
      return assertNever(use);
  }
}

/** Whom the request is from and how it travels is the client's to say, and the key above all. */
const OURS = new Set([
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function headersOf(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {}))
    if (!OURS.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  if (options.priority !== undefined) headers['x-fal-queue-priority'] = options.priority;
  if (options.hint !== undefined) headers['x-fal-runner-hint'] = options.hint;
  if (options.startTimeout !== undefined) headers['x-fal-request-timeout'] = String(options.startTimeout);
  if (options.noRetry === true) headers['x-fal-no-retry'] = '1';
  if (options.retryConfig !== undefined) headers['x-fal-retry-config'] = JSON.stringify(options.retryConfig);
  if (options.storeIo === false) headers['x-fal-store-io'] = '0';
  if (options.disableFallback === true) headers['x-app-fal-disable-fallback'] = 'true';
  const lifecycle = options.lifecycle === undefined ? null : lifecycleHeader(options.lifecycle);
  if (lifecycle !== null) headers['x-fal-object-lifecycle-preference'] = lifecycle;
  return headers;
}

const refusal = (detail: string): AppError =>
  appError('input', 'These options cannot be sent', { detail, hint: 'Nothing was sent.' });
