import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { optionHeaders } from '../../shared/fal/option-headers.ts';
import { requestOptionsSchema } from '../../shared/fal/request-options.ts';
import type { RequestOptions } from '../../shared/fal/request-options.ts';
import { assertNever, fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { callPath } from './endpoint.ts';
import type { Endpoint } from './endpoint.ts';
import type { FalHosts } from './hosts.ts';

/** Seconds. */
const STALL_TIMEOUT = 60;

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
    headers: optionHeaders(data),
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

const refusal = (detail: string): AppError =>
  appError('input', 'These options cannot be sent', { detail, hint: 'Nothing was sent.' });
