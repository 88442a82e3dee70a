import * as z from 'zod';
import { fullPath } from '../../shared/fal/endpoint-id.ts';
import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { jsonValue } from '../../shared/runs/run.ts';
import { clockOf } from './clock.ts';
import type { FalConnection } from './connection.ts';
import { failureOf } from './failures.ts';
import { exchange } from './http.ts';
import type { HttpAnswer } from './http.ts';

/** A request as fal's list has it. */
export interface ListedRequest {
  readonly requestId: string;
  /** By fal's clock, in milliseconds since 1970; null where it is not told. */
  readonly sentAt: number | null;
  /** What was sent; undefined where it is not told, or not kept any more. */
  readonly input: JsonValue | undefined;
}

export interface ListedRequests {
  readonly requests: readonly ListedRequest[];
  /** False where there may be more than could be read: what is not listed is then not known to be absent. */
  readonly complete: boolean;
  /** Milliseconds by which fal's clock is ahead of this computer's, as fal's answer tells it; 0 where it does not. */
  readonly ahead: number;
}

/** Both in milliseconds since 1970; `to` itself is outside. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

const PAGE = 100;
/** An account that sends thousands of one model in an hour is not searched to the end. */
const MOST_PAGES = 5;

const text = z.string().optional().catch(undefined);
const payload = jsonValue.optional().catch(undefined);
/** The answer is described nowhere; what others have seen of it is taken, by whatever name. */
const entrySchema = z.object({
  request_id: z.string().min(1),
  sent_at: text,
  created_at: text,
  json_input: payload,
  input: payload,
  payload,
});
const pageSchema = z.object({
  items: z.array(z.unknown()).optional(),
  requests: z.array(z.unknown()).optional(),
  data: z.array(z.unknown()).optional(),
  next_cursor: z.string().nullish().catch(null),
});

/**
 * The account's requests of one endpoint (fal-protocol §12.2), or of them the one of that id. Costs nothing; not every key
 * may ask.
 */
export async function listRequests(
  connection: FalConnection,
  id: EndpointId,
  { from, to }: TimeSpan,
  signal: AbortSignal,
  requestId?: string,
): Promise<Result<ListedRequests, AppError>> {
  const query = {
    endpoint_id: fullPath(id),
    start: new Date(from).toISOString(),
    end: new Date(to).toISOString(),
    expand: 'payloads',
    limit: String(PAGE),
    ...(requestId === undefined ? {} : { request_id: requestId }),
  };
  const requests: ListedRequest[] = [];
  let unread = 0;
  let cursor: string | null = null;
  let ahead = 0;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const asked = new URLSearchParams({ ...query, ...(cursor === null ? {} : { cursor }) });
    const url = `${connection.hosts.api}/v1/models/requests/by-endpoint?${asked}`;
    const answer = await exchange(connection, { method: 'GET', url, retry: 'read', signal });
    if (!answer.ok) return answer;
    const refusal = refusalOf(answer.value);
    if (refusal !== null) return fail(refusal);
    const date = Date.parse(answer.value.headers.get('date') ?? '');
    if (!Number.isNaN(date)) ahead = date - clockOf(connection).now();
    const read = readPage(answer.value.body);
    if (read === null) return fail(appError('protocol', 'fal’s list of requests cannot be read'));
    for (const entry of read.entries) {
      const parsed = entrySchema.safeParse(entry);
      if (parsed.success) requests.push(listedOf(parsed.data));
      else unread += 1;
    }
    cursor = read.next;
    if (cursor === null) return ok({ requests, complete: unread === 0, ahead });
  }
  return ok({ requests, complete: false, ahead });
}

/** Why the list was not given; null when it was. */
function refusalOf(answer: HttpAnswer): AppError | null {
  const { status } = answer;
  if (status >= 200 && status < 300) return null;
  const failure = { ...failureOf(answer), requestId: null };
  if (status === 403)
    return {
      ...failure,
      title: 'This key may not list requests',
      hint: 'A key with the admin scope of the same account may.',
    };
  if (status === 404)
    return { ...failure, kind: 'not_found', title: 'fal keeps no list of this model’s requests', hint: '' };
  return { ...failure, hint: failure.kind === 'auth' ? 'Check the key in Settings, then look again.' : '' };
}

function readPage(body: JsonValue | undefined): { entries: readonly unknown[]; next: string | null } | null {
  if (Array.isArray(body)) return { entries: body, next: null };
  const page = pageSchema.safeParse(body).data;
  const entries = page?.items ?? page?.requests ?? page?.data;
  return entries === undefined ? null : { entries, next: page?.next_cursor ?? null };
}

function listedOf(entry: z.infer<typeof entrySchema>): ListedRequest {
  // Not `started_at`: a request may wait in the queue for longer than anyone looks for it.
  const told = entry.sent_at ?? entry.created_at;
  const input = [entry.json_input, entry.input, entry.payload].find(isJsonObject);
  return { requestId: entry.request_id, sentAt: told === undefined ? null : timeOf(told), input };
}

/** A time without a zone is UTC, and not this computer's own. */
function timeOf(told: string): number | null {
  const time = Date.parse(/(z|[+-]\d\d:?\d\d)$/i.test(told) ? told : `${told}Z`);
  return Number.isNaN(time) ? null : time;
}
