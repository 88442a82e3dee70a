import { createReadStream } from 'node:fs';
import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FalConnection } from './connection.ts';
import { failureOf } from './failures.ts';
import { isLoopback } from './hosts.ts';
import { exchange } from './http.ts';
import { causeOf, pause, waitBefore } from './retry.ts';

/** A file on this computer's disk. */
export interface OutgoingFile {
  readonly path: string;
  /** Its length; it may not change while it is sent. */
  readonly bytes: number;
  readonly contentType: string;
  readonly fileName: string;
}

export interface UploadOptions {
  readonly signal: AbortSignal;
  /** Only a profile that itself lives on this computer may have its storage here. */
  readonly allowLoopback: boolean;
  /** Milliseconds in which not a byte moves, after which the connection counts as broken; 60,000 if not given. */
  readonly stallLimit?: number;
}

/** fal-protocol §8.1. */
const initiateSchema = z.object({ upload_url: z.string(), file_url: z.string() });

const STALL_LIMIT = 60_000;
const LONGEST_ANSWER = 2000;

/** `again`: a new try may end otherwise. */
interface Failure {
  readonly error: AppError;
  readonly again: boolean;
  readonly retryAfter?: string | null;
}

/**
 * Puts a file into fal's storage and answers its address (fal-protocol §8.1). Costs nothing and may be done twice, so that
 * every failure that may pass is tried again, each time from the beginning: the address to write to is good for one try.
 */
export async function upload(
  connection: FalConnection,
  file: OutgoingFile,
  options: UploadOptions,
): Promise<Result<string, AppError>> {
  const { backoff } = connection;
  for (let attempt = 0; ; attempt += 1) {
    const tried = await uploadOnce(connection, file, options);
    if (tried.ok) return tried;
    const { error, again, retryAfter = null } = tried.error;
    if (options.signal.aborted) return fail(appError('cancelled', 'Stopped'));
    if (!again || attempt + 1 >= backoff.tries) return fail(error);
    await pause(waitBefore(attempt, backoff, retryAfter), options.signal);
  }
}

async function uploadOnce(
  connection: FalConnection,
  file: OutgoingFile,
  options: UploadOptions,
): Promise<Result<string, Failure>> {
  const { signal, allowLoopback } = options;
  const url = `${connection.hosts.rest}/storage/upload/initiate?storage_type=fal-cdn-v3`;
  const body = { content_type: file.contentType, file_name: file.fileName };
  const answer = await exchange(connection, { method: 'POST', url, body, retry: 'never', signal });
  if (!answer.ok) return fail({ error: unreachable(url, answer.error.detail), again: true });
  const { status, headers } = answer.value;
  if (status < 200 || status >= 300) {
    const failure = failureOf(answer.value);
    const error: AppError =
      failure.kind === 'auth' ? failure : { ...failure, kind: 'request', title: NOT_TAKEN, fields: [] };
    return fail({ error, again: mayPass(status), retryAfter: headers.get('retry-after') });
  }
  const place = initiateSchema.safeParse(answer.value.body);
  const to = place.success ? addressOf(place.data.upload_url, allowLoopback) : null;
  const at = place.success ? addressOf(place.data.file_url, allowLoopback) : null;
  if (to === null || at === null) {
    const said = place.success ? `${place.data.upload_url} ${place.data.file_url}` : 'no addresses';
    const error = appError('protocol', 'fal named no place for the file', { detail: said.slice(0, 300) });
    return fail({ error, again: false });
  }
  const put = await putFile(to, file, connection, options);
  return put.ok ? ok(at.href) : put;
}

/** Where bytes may go, and files be read from: https, or this computer where allowed. */
function addressOf(text: string, allowLoopback: boolean): URL | null {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'https:') return url;
  return url.protocol === 'http:' && isLoopback(url) && allowLoopback ? url : null;
}

/**
 * The bytes, as they come from the disk and without the key: the address itself is the permission. Not by `fetch`, which
 * sends a stream without its length.
 */
function putFile(
  url: URL,
  file: OutgoingFile,
  { userAgent, agentFor }: FalConnection,
  { signal, stallLimit = STALL_LIMIT }: UploadOptions,
): Promise<Result<null, Failure>> {
  return new Promise((resolve) => {
    const source = createReadStream(file.path);
    const agent = agentFor?.(url);
    const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
      method: 'PUT',
      headers: {
        'content-type': file.contentType,
        'content-length': file.bytes,
        'user-agent': userAgent,
      },
      signal,
      ...(agent === undefined ? {} : { agent }),
    });
    const end = (outcome: Result<null, Failure>): void => {
      source.destroy();
      request.destroy();
      resolve(outcome);
    };
    source.once('error', (error) =>
      end(
        fail({
          error: appError('storage', 'The file cannot be read', { detail: error.message }),
          again: false,
        }),
      ),
    );
    request.setTimeout(stallLimit, () => request.destroy(new Error('the connection went silent')));
    request.on('error', (error) => end(fail({ error: unreachable(url.href, causeOf(error)), again: true })));
    request.once('response', (response) => {
      void textOf(response).then((text) => end(outcomeOf(response, text)));
    });
    source.pipe(request);
  });
}

function outcomeOf(response: IncomingMessage, text: string): Result<null, Failure> {
  const status = response.statusCode ?? 0;
  if (status >= 200 && status < 300) return ok(null);
  const error = appError('request', NOT_TAKEN, { detail: text || `HTTP ${status}` });
  // 403: the address was good for a while only.
  return fail({
    error,
    again: mayPass(status) || status === 403,
    retryAfter: response.headers['retry-after'] ?? null,
  });
}

/** The beginning of what a server says; its end may never come. */
async function textOf(response: IncomingMessage): Promise<string> {
  let text = '';
  response.setEncoding('utf8');
  try {
    for await (const chunk of response) {
      text += String(chunk);
      if (text.length > LONGEST_ANSWER) break;
    }
  } catch {
    // Cut off: the status alone has to do.
  }
  return text.slice(0, LONGEST_ANSWER);
}

const NOT_TAKEN = 'fal did not take the file';

const mayPass = (status: number): boolean => status === 408 || status === 429 || status >= 500;

function unreachable(url: string, detail: string): AppError {
  return appError('network', 'The file could not be sent to fal', {
    detail: `${URL.parse(url)?.host ?? url}: ${detail}`,
  });
}
