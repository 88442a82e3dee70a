import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import * as z from 'zod';
import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { parseJson } from '../../../shared/json.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { FalConnection } from '../connection.ts';
import { inParallel } from '../in-parallel.ts';
import { attempts } from './attempts.ts';
import type { Failure } from './attempts.ts';
import { askPlace } from './place.ts';
import { Unreadable } from './readable.ts';
import { sendBytes } from './send-bytes.ts';
import type { Answer, Sending } from './send-bytes.ts';
import type { OpenSource } from './source.ts';
import type { SendOptions } from './single.ts';

/** Bytes of a part, but for the last (fal-protocol §8.2). */
const PART = 10 * 1024 * 1024;

/**
 * Four lines fill what one leaves idle while it waits for acknowledgements and answers, and are as many as Node reads
 * files by at a time. More would make each part slower, and a cut more costly.
 */
const AT_ONCE = 4;

/** Milliseconds in which the parts are joined: of a large file that takes longer than any silence on the way. */
const JOINING = 300_000;

interface Part {
  readonly partNumber: number;
  readonly etag: string;
}

const partSchema = z.object({ etag: z.string().min(1) });

/** Puts a file into fal's storage in parts, several at a time, each tried again by itself (fal-protocol §8.2). */
export async function sendInParts(
  connection: FalConnection,
  source: OpenSource,
  { lifecycle, signal, stallLimit, moved }: SendOptions,
): Promise<Result<string, AppError>> {
  const { userAgent } = connection;
  const { bytes } = source;
  const place = await attempts(connection, signal, () =>
    askPlace(connection, 'initiate-multipart', source, lifecycle, signal),
  );
  if (!place.ok) return place;
  const { to, at } = place.value;
  const given = connection.agentFor?.(to);
  // The connections of one of our own carry part after part, and end with the upload.
  const agent = given ?? new (to.protocol === 'https:' ? HttpsAgent : HttpAgent)({ keepAlive: true });
  const common = { agent, stallLimit };
  const headers = { 'user-agent': userAgent };

  const count = Math.ceil(bytes.size / PART);
  const sendPart = async (n: number, stop: AbortSignal): Promise<Result<Part, AppError>> => {
    const [from, end] = [(n - 1) * PART, Math.min(n * PART, bytes.size)];
    const sent = await attempts(connection, stop, async () => {
      let tried = 0;
      const outcome = await sendBytes({
        ...common,
        method: 'PUT',
        url: under(to, String(n)),
        headers,
        body: bytes.pieces(from, end),
        length: end - from,
        signal: stop,
        moved: (more) => {
          tried += more;
          moved(more);
        },
      });
      const part = outcome.ok ? partOf(n, outcome.value) : outcome;
      if (!part.ok) moved(-tried);
      return part;
    });
    return sent.ok ? sent : fail(ofPart(n, count, sent.error));
  };

  try {
    const numbers = Array.from({ length: count }, (_, i) => i + 1);
    const parts = await inParallel(numbers, AT_ONCE, signal, sendPart);
    if (!parts.ok) return parts;
    await bytes.check();
    const body = Buffer.from(JSON.stringify({ parts: parts.value }));
    const completion: Omit<Sending, 'body'> = {
      ...common,
      method: 'POST',
      url: under(to, 'complete'),
      headers: { ...headers, 'content-type': 'application/json' },
      stallLimit: Math.max(stallLimit, JOINING),
      length: body.byteLength,
      signal,
    };
    let unanswered = false;
    const done = await attempts(connection, signal, async () => {
      const tried = await sendBytes({ ...completion, body: once(body) });
      if (!tried.ok) unanswered ||= isUnanswered(tried.error);
      return tried;
    });
    if (done.ok) return ok(at.href);
    return fail(
      unanswered && done.error.kind === 'request' ? perhapsJoined(done.error, at) : notJoined(done.error),
    );
  } catch (error) {
    if (error instanceof Unreadable) return fail(error.error);
    throw error;
  } finally {
    if (given === undefined) agent.destroy();
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array, void> {
  yield bytes;
}

/** `<upload_url>/<name>`, with its query, which is the permission. */
function under(place: URL, name: string): URL {
  const url = new URL(place);
  url.pathname += `/${name}`;
  return url;
}

/** fal says the tag in the answer's body; its own servers' tools read the header (fal-protocol §8.2). */
function partOf(partNumber: number, { text, etag }: Answer): Result<Part, Failure> {
  const body = parseJson(text);
  const told = body.ok ? partSchema.safeParse(body.value).data?.etag : undefined;
  const tag = told ?? etag;
  if (tag !== null && tag !== '') return ok({ partNumber, etag: tag });
  const error = appError('protocol', 'fal did not say that it has a part of the file', {
    detail: text.slice(0, 300),
  });
  return fail({ error, again: true });
}

const ofPart = (n: number, count: number, error: AppError): AppError =>
  error.kind === 'cancelled' || error.kind === 'storage'
    ? error
    : { ...error, detail: `Part ${n} of ${count}: ${error.detail}` };

const notJoined = (error: AppError): AppError =>
  error.kind === 'cancelled' ? error : { ...error, detail: `Joining the parts: ${error.detail}` };

/** fal, or who stands before it, did not say what became of it. */
const isUnanswered = ({ error, status }: Failure): boolean =>
  error.kind === 'network' || status === 502 || status === 504;

/** Parts that are joined cannot be joined again: the refusal may say no more than that. */
const perhapsJoined = (error: AppError, at: URL): AppError => ({
  ...notJoined(error),
  title: 'Whether fal has the file is not known',
  hint: `All its parts are there, and an earlier wish to join them was not answered: fal may have done it. Then the file is at ${at.href}. To send it again is safe.`,
});
