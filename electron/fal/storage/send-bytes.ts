import { request as requestHttp } from 'node:http';
import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { parseJson } from '../../../shared/json.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { failureOf } from '../failures.ts';
import { causeOf, retryAfterIn } from '../retry.ts';
import { endedBy } from '../transport/proxy-agent.ts';
import { mayPass } from './attempts.ts';
import type { Failure } from './attempts.ts';
import { Unreadable } from './readable.ts';

export interface Sending {
  readonly method: 'PUT' | 'POST';
  /** The address itself is the permission: no key goes along (fal-protocol §1.2). */
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array>;
  /** Bytes of the body. */
  readonly length: number;
  readonly agent: Agent | undefined;
  readonly signal: AbortSignal;
  /** Milliseconds in which not a byte moves, after which the connection counts as broken. */
  readonly stallLimit: number;
  /** Told how many more bytes the system has taken. */
  readonly moved?: (bytes: number) => void;
}

export interface Answer {
  readonly etag: string | null;
  /** The beginning of what the server said. */
  readonly text: string;
}

const LONGEST_ANSWER = 4000;

/**
 * Sends bytes as they are read and no faster than they are taken. Not by `fetch`, which sends a stream without its
 * length, and at a fraction of the pace.
 */
export async function sendBytes(sending: Sending): Promise<Result<Answer, Failure>> {
  const { method, url, headers, length, agent, signal, stallLimit } = sending;
  const request = (url.protocol === 'https:' ? requestHttps : requestHttp)(url, {
    method,
    headers: { ...headers, 'content-length': length },
    ...endedBy(signal),
    ...(agent === undefined ? {} : { agent }),
  });
  request.setTimeout(stallLimit, () => request.destroy(new Error('the connection went silent')));
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    request.once('response', resolve);
    // Stays, so that what comes late is no fault of the program.
    request.on('error', reject);
  });
  const written = writeBody(request, sending);
  let done = false;
  try {
    // A server may answer before it has everything: then it wants no more.
    await Promise.race([written, answer]);
    const response = await answer;
    const text = await textOf(response);
    const status = response.statusCode ?? 0;
    if (status < 200 || status >= 300) return fail(refusal(status, text, response));
    if (!request.writableEnded) throw new Error('it was answered before it was sent');
    await written;
    done = true;
    return ok({ etag: response.headers.etag ?? null, text });
  } catch (error) {
    if (error instanceof Unreadable) return fail({ error: error.error, again: false });
    return fail({ error: unreachable(url, causeOf(error)), again: true });
  } finally {
    // A connection that is done with this may carry the next; any other is of no use.
    if (!done) request.destroy();
    await Promise.allSettled([written, answer]);
  }
}

async function writeBody(request: ClientRequest, { body, length, moved }: Sending): Promise<void> {
  let left = length;
  for await (const piece of body) {
    left -= piece.byteLength;
    await write(request, piece, left === 0);
    moved?.(piece.byteLength);
  }
}

/** Until the system has the bytes, whose place may then be used again. */
function write(request: ClientRequest, piece: Uint8Array, last: boolean): Promise<void> {
  return new Promise((resolve, reject) => {
    // Nobody is called back by a connection that is gone, or never came about.
    const closed = (): void => reject(new Error('the connection broke'));
    if (request.destroyed) return closed();
    request.once('close', closed);
    const done = (error?: Error | null): void => {
      request.off('close', closed);
      if (error) reject(error);
      else resolve();
    };
    if (last) request.end(piece, done);
    else request.write(piece, done);
  });
}

function refusal(status: number, text: string, { headersDistinct }: IncomingMessage): Failure {
  const said = parseJson(text);
  const headers = new Headers();
  for (const name of ['location', 'retry-after', 'date']) {
    const [value] = headersDistinct[name] ?? [];
    if (value !== undefined) headers.set(name, value);
  }
  const { detail } = failureOf({ status, headers, body: said.ok ? said.value : text });
  return {
    error:
      status === 403
        ? appError('request', 'The place that fal gave for the file is closed', {
            detail,
            hint: 'It is open for a while only. Send the file again.',
          })
        : appError('request', 'fal did not take the file', {
            detail,
            hint: mayPass(status) ? 'Nothing is lost. Send the file again in a moment.' : '',
          }),
    again: mayPass(status),
    retryAfter: retryAfterIn(headers),
    status,
  };
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

const unreachable = (url: URL, detail: string): AppError =>
  appError('network', 'The file could not be sent to fal', {
    detail: `${url.host}: ${detail}`,
    hint: 'Nothing is lost. Check the network, then send the file again.',
  });
