import { setTimeout as delay } from 'node:timers/promises';
import type { Backoff } from './connection.ts';

/**
 * Which failures may be tried again.
 * - `read`       nothing changes by asking twice: every lost answer and every 429, 500, 502, 503, 504
 * - `stored`     as `read`, but an answer of fal's own is the finished request's and cannot change (fal-protocol §4.4)
 * - `not-taken`  a POST that costs money: only what fal certainly did not take (DNS, refused, no connection, 429, 503)
 * - `direct`     as `not-taken`, but a 503 only where fal says that no runner had it: no queue stands in between
 * - `never`
 */
export type RetryRule = 'read' | 'stored' | 'not-taken' | 'direct' | 'never';

/** Of the 503s those in which no runner ever saw the request (fal-protocol §10.3). */
const NO_RUNNER = new Set([
  'runner_scheduling_failure',
  'runner_connection_timeout',
  'runner_connection_refused',
]);

/** Codes of failures before a single byte was sent. */
const NOT_SENT = new Set([
  // Of our own transport: it ended before the host was heard.
  'ERR_NOT_CONNECTED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);
/** Codes that a connection already in use can end with too: they count only where it was being made. */
const UNREACHABLE = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN']);

/** Walks the cause chain of a fetch failure, AggregateErrors of several addresses included. */
export function wasNotSent(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.every(wasNotSent);
  if ('code' in error && typeof error.code === 'string') {
    if (NOT_SENT.has(error.code)) return true;
    if (UNREACHABLE.has(error.code) && 'syscall' in error && error.syscall === 'connect') return true;
  }
  return wasNotSent(error.cause);
}

/** The innermost message of a failure, for a person who wants to know more than "fetch failed". */
export function causeOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0]);
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? causeOf(error.cause) : error.message;
}

/** `errorType` as the body has it; the header says the same where both are there. */
export function retryStatus(
  rule: RetryRule,
  status: number,
  headers: Headers,
  errorType: string | null = null,
): boolean {
  if (rule === 'never' || headers.get('x-fal-retryable') === 'false') return false;
  // A start limit of the person's own ran out: trying again would pass it.
  if (headers.has('x-fal-request-timeout-type')) return false;
  if (rule === 'stored' && isReplay(headers)) return false;
  if (status === 429) return true;
  if (status === 503)
    return rule !== 'direct' || NO_RUNNER.has(errorType ?? headers.get('x-fal-error-type') ?? '');
  return (rule === 'read' || rule === 'stored') && (status === 500 || status === 502 || status === 504);
}

/** Whether a failed answer is the run's own, replayed, and not a gateway's in between (fal-protocol §4.4, §10.6). */
export function isReplay(headers: Headers): boolean {
  return headers.has('x-fal-request-id') || headers.has('x-fal-error-type');
}

/** An answer's Retry-After; a date as the seconds until then by the server's own clock, where it tells that too. */
export function retryAfterIn(headers: Headers): string | null {
  const asked = headers.get('retry-after');
  if (asked === null || SECONDS.test(asked)) return asked;
  const seconds = (Date.parse(asked) - Date.parse(headers.get('date') ?? '')) / 1000;
  return Number.isNaN(seconds) ? asked : String(Math.max(seconds, 0));
}

const SECONDS = /^\d+(\.\d+)?$/;

/** Milliseconds before try `n` (0-based); a server's Retry-After, in seconds or as a date, comes first. */
export function waitBefore(n: number, backoff: Backoff, retryAfter: string | null, now = Date.now()): number {
  const asked =
    retryAfter === null
      ? Number.NaN
      : SECONDS.test(retryAfter)
        ? Number(retryAfter) * 1000
        : Date.parse(retryAfter) - now;
  if (!Number.isNaN(asked)) return Math.min(Math.max(asked, 0), 60_000);
  return Math.min(backoff.base * 2 ** n, backoff.cap) * (0.75 + Math.random() / 2);
}

/** Waits; false at once when aborted, so that a person's stop is never slept through. */
export async function pause(ms: number, signal: AbortSignal): Promise<boolean> {
  try {
    await delay(ms, undefined, { signal });
    return true;
  } catch {
    return false;
  }
}
