import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { parseJson, stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { Silence, clockOf } from './clock.ts';
import { mayCarryKey } from './connection.ts';
import type { FalConnection } from './connection.ts';
import { errorTypeOf, failureOf, failureOfCall } from './failures.ts';
import { causeOf, retryAfterIn, retryStatus, waitBefore, wasNotSent } from './retry.ts';
import type { RetryRule } from './retry.ts';
import { patientFetch } from './transport/fetch.ts';
import { proxyErrorIn, proxyFailure } from './transport/proxy-error.ts';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly body?: JsonValue;
  readonly accept?: string;
  /** Beside those of the connection, which come first; names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Its answer may begin late: sent without a limit on that, by `connection.agentFor`; once it has begun it counts as lost
   * after `silence`. Any other does so from the start.
   */
  readonly patient?: boolean;
  /** Milliseconds; two minutes if not given. */
  readonly silence?: number;
  readonly retry: RetryRule;
  /** Bytes; a longer answer is refused. 256 MiB if not given: pictures come as data URIs in them. */
  readonly most?: number;
  readonly signal: AbortSignal;
  /** Ends the waiting between tries; a try on its way is left to come back. */
  readonly stopTrying?: AbortSignal;
}

/** Given the head of the answer that counts, a refusal's too: it names what is billed (fal-protocol §9.2). */
export type HeadListener = (headers: Headers) => void;

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** undefined where the body is not JSON. */
  readonly body: JsonValue | undefined;
  /** The bytes of a success that is not JSON. */
  readonly raw?: Uint8Array;
}

/** Sends and reads one exchange, trying again as the rule allows. An answer of any status that is final is `ok`. */
export async function exchange(
  connection: FalConnection,
  request: HttpRequest,
): Promise<Result<HttpAnswer, AppError>> {
  const waiting =
    request.stopTrying === undefined ? request.signal : AbortSignal.any([request.signal, request.stopTrying]);
  const { now, pause } = clockOf(connection);
  for (let attempt = 0; ; attempt += 1) {
    if (waiting.aborted) return fail(stopped(waiting));
    const outcome = await exchangeOnce(connection, request);
    const last = attempt + 1 >= connection.backoff.tries;
    if (outcome.ok) {
      const { status, headers, body } = outcome.value;
      if (last || !retryStatus(request.retry, status, headers, errorTypeOf(body))) return outcome;
      const wait = waitBefore(attempt, connection.backoff, retryAfterIn(headers), now());
      if (!(await pause(wait, waiting))) return fail(stopped(waiting));
      continue;
    }
    const { error, again } = outcome.error;
    if (last || !again) return fail(error);
    if (!(await pause(waitBefore(attempt, connection.backoff, null), waiting))) return fail(stopped(waiting));
  }
}

/** `exchange`, with every answer that is not 2xx read as the failure it is. */
export async function exchangeOk(
  connection: FalConnection,
  request: HttpRequest,
): Promise<Result<HttpAnswer, AppError>> {
  const outcome = await exchange(connection, request);
  if (!outcome.ok) return outcome;
  const { status } = outcome.value;
  return status >= 200 && status < 300 ? outcome : fail(failureOf(outcome.value));
}

/** Opens an exchange whose body is read as it comes. Not repeated: the caller knows what it has seen. */
export async function open(
  connection: FalConnection,
  request: HttpRequest,
): Promise<Result<Response, AppError>> {
  const silence = new Silence(clockOf(connection), request.silence ?? LONGEST_SILENCE, false);
  const signal = AbortSignal.any([request.signal, silence.signal]);
  try {
    const response = await send(connection, { ...request, signal });
    if (response.ok) return ok(response);
    const { status, headers } = response;
    const alive = (): void => silence.alive();
    alive();
    const { body } = await readBody(response, request.most, alive).catch(() => ({ body: undefined }));
    const failed = request.method === 'POST' ? failureOfCall : failureOf;
    return fail(failed({ status, headers, body }));
  } catch (error) {
    return fail(lostAnswer(error, request));
  } finally {
    silence.end();
  }
}

/** Milliseconds; the Python client's (fal-protocol §4.6). */
const LONGEST_SILENCE = 120_000;

async function exchangeOnce(
  connection: FalConnection,
  request: HttpRequest,
): Promise<Result<HttpAnswer, { readonly error: AppError; readonly again: boolean }>> {
  const limit = request.silence ?? LONGEST_SILENCE;
  const silence = new Silence(clockOf(connection), limit, request.patient !== true);
  const signal = AbortSignal.any([request.signal, silence.signal]);
  let named: string | null = null;
  try {
    const response = await send(connection, { ...request, signal });
    const { status, headers } = response;
    named = headers.get('x-fal-request-id');
    const alive = (): void => silence.alive();
    alive();
    try {
      return ok({ status, headers, ...(await readBody(response, request.most, alive)) });
    } catch (error) {
      // The body was cut, or goes on and on, but its header has already named the request that was taken.
      const isGivenUp = request.signal.aborted && request.retry !== 'not-taken';
      if (request.method === 'POST' && response.ok && named !== null && !isGivenUp)
        return ok({ status, headers, body: undefined });
      throw error;
    }
  } catch (error) {
    const cause: unknown = silence.signal.aborted ? silence.signal.reason : error;
    const told = { ...lostAnswer(cause, request), requestId: named };
    return fail({ error: told, again: mayRepeat(request.retry, told) && !isForGood(error) });
  } finally {
    silence.end();
  }
}

function send(connection: FalConnection, request: HttpRequest): Promise<Response> {
  const { fetch, agentFor } = connection;
  return (request.patient === true ? patientFetch(agentFor) : fetch)(request.url, init(connection, request));
}

function init(connection: FalConnection, request: HttpRequest): RequestInit {
  const headers: Record<string, string> = {
    'user-agent': connection.userAgent,
    ...request.headers,
    accept: request.accept ?? 'application/json',
  };
  const key = connection.credentials();
  const carriesKey = key !== null && mayCarryKey(connection.hosts, request.url);
  if (carriesKey) headers['authorization'] = `Key ${key}`;
  if (request.body !== undefined) headers['content-type'] = 'application/json';
  return {
    method: request.method,
    headers,
    signal: request.signal,
    // The hosts that get the key do not redirect; one that did would take it along. Told as the answer that it is.
    redirect: carriesKey ? 'manual' : 'follow',
    ...(request.body === undefined ? {} : { body: stringifyJson(request.body) }),
  };
}

const LARGEST = 256 * 2 ** 20;

class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

async function bytesOf(response: Response, most: number, alive: () => void): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  const announced = Number(response.headers.get('content-length') ?? 0);
  if (announced > most) {
    await response.body?.cancel();
    throw new TooLarge(`${announced} bytes, where ${most} are taken`);
  }
  let length = 0;
  // To leave the loop drops the connection.
  for await (const piece of response.body ?? []) {
    alive();
    length += piece.byteLength;
    if (length > most) throw new TooLarge(`more than the ${most} bytes that are taken`);
    pieces.push(piece);
  }
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces, length);
}

async function readBody(
  response: Response,
  most = LARGEST,
  alive: () => void = () => undefined,
): Promise<Pick<HttpAnswer, 'body' | 'raw'>> {
  const raw = await bytesOf(response, most, alive);
  const text = new TextDecoder().decode(raw);
  const parsed = parseJson(text);
  if (parsed.ok) return { body: parsed.value };
  if (response.ok) return { body: undefined, raw };
  // A failure in plain text is still told in the server's own words.
  return text.length > 0 && text.length < 2000 && !text.trimStart().startsWith('<')
    ? { body: text }
    : { body: undefined };
}

function lostAnswer(error: unknown, request: HttpRequest): AppError {
  if (request.signal.aborted)
    return { ...stopped(request.signal), ...(wasNotSent(error) ? {} : LEFT_BEHIND[request.retry]) };
  const atProxy = proxyFailure(error);
  if (atProxy !== null) return atProxy;
  const host = URL.parse(request.url)?.host ?? request.url;
  const detail = causeOf(error);
  if (wasNotSent(error))
    return appError('network', `No connection to ${host}`, {
      detail,
      hint: 'Nothing was sent and nothing is lost. Check the network, then try again.',
    });
  if (request.method === 'POST' && request.retry !== 'read')
    return appError('unconfirmed', 'The answer was lost on the way', {
      detail,
      hint: 'fal may have taken the request. It was not sent again, so that nothing is paid twice.',
    });
  if (error instanceof TooLarge)
    return appError('protocol', 'fal’s answer is too large', { detail: `${host}: ${detail}` });
  return appError('network', `The connection to ${host} broke`, {
    detail,
    hint: 'Nothing is lost. Try again in a moment.',
  });
}

function mayRepeat(rule: RetryRule, error: AppError): boolean {
  return rule !== 'never' && error.kind === 'network';
}

/** A proxy that wants a password wants it the next time too. */
const isForGood = (error: unknown): boolean => proxyErrorIn(error)?.fault === 'password';

/** What is said of a request that was given up when it was on its way, where that may cost money. */
const LEFT_BEHIND: Partial<Record<RetryRule, Pick<AppError, 'detail' | 'hint'>>> = {
  'not-taken': {
    detail: 'The request was on its way, and fal had not answered.',
    hint: 'fal may have taken it, and run it: look at fal’s list of requests.',
  },
  direct: {
    detail: 'The connection was dropped, which tells fal to stop the work.',
    hint: 'What was done until then may be billed.',
  },
};

/** Stopped by the person, or by a limit of ours (`AbortSignal.timeout`). */
export function stopped(signal: AbortSignal): AppError {
  const reason: unknown = signal.reason;
  return reason instanceof Error && reason.name === 'TimeoutError'
    ? appError('timeout', 'fal took too long to answer', { hint: 'Nothing is lost. Try again in a moment.' })
    : appError('cancelled', 'Stopped');
}
