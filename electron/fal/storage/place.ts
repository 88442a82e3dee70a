import * as z from 'zod';
import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { FalConnection } from '../connection.ts';
import { failureOf } from '../failures.ts';
import { isLoopback } from '../hosts.ts';
import { exchange } from '../http.ts';
import { retryAfterIn } from '../retry.ts';
import { mayPass } from './attempts.ts';
import type { Failure } from './attempts.ts';
import type { OpenSource } from './source.ts';

/** Where a file goes, and where it is to be had when it is there. */
export interface Place {
  readonly to: URL;
  readonly at: URL;
}

/** Which of fal's two ways to be given a file: in one request, or in parts (fal-protocol §8.1, §8.2). */
export type Way = 'initiate' | 'initiate-multipart';

const placeSchema = z.object({ upload_url: z.string(), file_url: z.string() });

/** Asks fal for a place for one file; `lifecycle` is the header's JSON (fal-protocol §8.3). */
export async function askPlace(
  connection: FalConnection,
  way: Way,
  { contentType, fileName }: OpenSource,
  lifecycle: string | null,
  signal: AbortSignal,
): Promise<Result<Place, Failure>> {
  const { hosts } = connection;
  const url = `${hosts.rest}/storage/upload/${way}?storage_type=fal-cdn-v3`;
  const answer = await exchange(connection, {
    method: 'POST',
    url,
    body: { content_type: contentType, file_name: fileName },
    // By both names: the JavaScript client says it by the first, the Python client by both.
    ...(lifecycle === null
      ? {}
      : {
          headers: {
            'x-fal-object-lifecycle': lifecycle,
            'x-fal-object-lifecycle-preference': lifecycle,
          },
        }),
    retry: 'never',
    signal,
  });
  if (!answer.ok) return fail({ error: unreachable(url, answer.error), again: true });
  const { status, headers, body } = answer.value;
  if (status < 200 || status >= 300) {
    const failure = failureOf(answer.value);
    const error: AppError =
      failure.kind === 'auth' ? failure : { ...failure, kind: 'request', title: NO_PLACE, fields: [] };
    return fail({ error, again: mayPass(status), retryAfter: retryAfterIn(headers) });
  }
  const told = placeSchema.safeParse(body);
  const [to, at] = told.success
    ? [addressOf(told.data.upload_url, hosts.rest), addressOf(told.data.file_url, hosts.rest)]
    : [null, null];
  if (to !== null && at !== null) return ok({ to, at });
  const said = told.success ? `${told.data.upload_url} ${told.data.file_url}` : 'no addresses';
  const error = appError('protocol', 'fal named no place for the file', { detail: said.slice(0, 300) });
  return fail({ error, again: false });
}

const NO_PLACE = 'fal did not take the file';

/** Where bytes may go, and files be read from: https, or this computer for a storage that is on it itself. */
function addressOf(text: string, rest: string): URL | null {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '') return null;
  if (url.protocol === 'https:') return url;
  const storage = URL.parse(rest);
  const local = storage !== null && isLoopback(storage);
  return local && url.protocol === 'http:' && isLoopback(url) ? url : null;
}

/** An answer that was lost is no doubt here: a place that nobody fills costs nothing. */
const unreachable = (url: string, { detail }: AppError): AppError =>
  appError('network', 'The file could not be sent to fal', {
    detail: `${URL.parse(url)?.host ?? url}: ${detail}`,
    hint: 'Nothing is lost. Check the network, then send the file again.',
  });
