import type { Answer, Exchange } from './types.ts';
import { MAX_IDS, parseCursor, parseLimit, toCursor } from './catalogue.ts';
import { detail, listQuery } from './http.ts';
import type { Job } from './job.ts';
import type { JobQueue } from './job-queue.ts';

const DAY = 24 * 60 * 60_000;
const STATUSES = ['success', 'error', 'user_error'];

/**
 * `GET /v1/models/requests/by-endpoint` (fal-protocol §12.2). Only names of parameters are documented; the answer is
 * of the family of the catalogue's pages. Without `start` the last day counts, and `end` itself is outside.
 */
export function listRequests(exchange: Exchange, queue: JobQueue): Answer {
  const { query } = exchange;
  const ids = listQuery(exchange, 'endpoint_id');
  if (ids.length === 0) return detail(422, 'endpoint_id is required');
  if (ids.length > MAX_IDS) return detail(422, `endpoint_id accepts at most ${MAX_IDS} values`);
  const limit = parseLimit(query.get('limit'), false);
  if (limit === null) return detail(422, 'limit must be an integer of at least 1');
  const page = parseCursor(query.get('cursor'));
  if (page === null) return detail(422, 'cursor is not valid');
  const start = timeOf(query.get('start'), Date.now() - DAY);
  const end = timeOf(query.get('end'), Infinity);
  if (start === null || end === null) return detail(422, 'start and end must be ISO 8601 times');
  const status = query.get('status');
  if (status !== null && !STATUSES.includes(status))
    return detail(422, `status must be one of ${STATUSES.join(', ')}`);
  const wanted = query.get('request_id');
  const payloads = listQuery(exchange, 'expand').includes('payloads');

  const found = queue
    .of(ids)
    .filter(
      (job) =>
        job.sentAt.getTime() >= start &&
        job.sentAt.getTime() < end &&
        (wanted === null || job.id === wanted) &&
        (status === null || statusOf(job) === status),
    );
  const first = (page - 1) * limit;
  const more = first + limit < found.length;
  return {
    status: 200,
    body: {
      items: found.slice(first, first + limit).map((job) => itemOf(job, payloads)),
      next_cursor: more ? toCursor(page + 1) : null,
      has_more: more,
    },
  };
}

function itemOf(job: Job, payloads: boolean) {
  const answer = job.state.status === 'COMPLETED' ? job.state.answer : null;
  return {
    request_id: job.id,
    endpoint_id: job.endpointId,
    sent_at: job.sentAt.toISOString(),
    started_at: job.startedAt?.toISOString() ?? null,
    ended_at: job.endedAt?.toISOString() ?? null,
    status_code: answer?.status ?? null,
    duration: job.state.status === 'COMPLETED' ? job.state.inferenceTime : null,
    ...(payloads ? { json_input: job.input ?? null, json_output: answer?.body ?? null } : {}),
  };
}

function statusOf(job: Job): string | null {
  if (job.state.status !== 'COMPLETED') return null;
  const { status } = job.state.answer;
  if (status < 400) return 'success';
  return status < 500 ? 'user_error' : 'error';
}

function timeOf(text: string | null, otherwise: number): number | null {
  if (text === null || text === '') return otherwise;
  const time = Date.parse(text);
  return Number.isNaN(time) ? null : time;
}
