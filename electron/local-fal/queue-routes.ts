import { randomUUID } from 'node:crypto';
import type { Answer, Exchange, LocalFalHooks } from './types.ts';
import { detail, EventStream, readJson, sendAnswer, word } from './http.ts';
import type { ModelIndex } from './ids.ts';
import { appOf } from './ids.ts';
import { Job } from './job.ts';
import type { JobQueue } from './job-queue.ts';
import { urlsOf, statusAnswer, statusBody } from './status.ts';
import type { Webhooks } from './webhooks.ts';

export type QueueServices = {
  readonly index: ModelIndex;
  readonly queue: JobQueue;
  readonly hooks: LocalFalHooks;
  readonly webhooks: Webhooks;
};

type JobAction = 'status' | 'stream' | 'cancel' | 'result';

/** Everything under the queue host (fal-protocol §4). */
export async function handleQueue(exchange: Exchange, services: QueueServices): Promise<void> {
  const target = parseJobPath(exchange.path);
  if (target) return handleJob(exchange, services, target);
  if (exchange.method === 'POST') return submit(exchange, services);
  sendAnswer(exchange.response, detail(405, 'Method Not Allowed'));
}

/** `…/requests/<id>[/status[/stream]|/cancel|/response]`; the last form is in older docs (fal-protocol §14). */
function parseJobPath(path: string): { prefix: string; id: string; action: JobAction } | null {
  const match = /^(.+?)\/requests\/([^/]+)(?:\/(status|status\/stream|cancel|response))?$/.exec(path);
  if (!match) return null;
  const [, prefix = '', id = '', tail] = match;
  const action =
    tail === 'status/stream' ? 'stream' : tail === 'status' || tail === 'cancel' ? tail : 'result';
  return { prefix, id, action };
}

async function handleJob(
  exchange: Exchange,
  services: QueueServices,
  target: { prefix: string; id: string; action: JobAction },
): Promise<void> {
  const { response, method } = exchange;
  const job = services.queue.get(target.id);
  const app = job ? appOf(job.endpointId) : '';
  if (!job || (target.prefix !== app && !target.prefix.startsWith(`${app}/`))) {
    return sendAnswer(response, word(404, 'NOT_FOUND'));
  }
  exchange.endpoint = job.endpointId;
  const allowed = target.action === 'cancel' ? 'PUT' : 'GET';
  if (method !== allowed) return sendAnswer(response, detail(405, 'Method Not Allowed', { allow: allowed }));
  if (target.action === 'cancel') {
    const { status, word: text } = services.queue.cancel(job);
    return sendAnswer(response, withId(word(status, text), job.id));
  }
  const logs = ['1', 'true'].includes(exchange.query.get('logs') ?? '');
  if (target.action === 'status') {
    return sendAnswer(response, withId(statusAnswer(job, services.queue, exchange.hosts, logs), job.id));
  }
  if (target.action === 'stream') return streamStatus(exchange, services, job, logs);
  const faulty = services.hooks.onResult?.(exchange, job.id) ?? null;
  sendAnswer(response, withId(faulty ?? resultOf(job), job.id));
}

function resultOf(job: Job): Answer {
  return job.state.status === 'COMPLETED' ? job.state.answer : detail(400, 'Request is still in progress');
}

function withId(answer: Answer, id: string): Answer {
  return { ...answer, headers: { ...answer.headers, 'x-fal-request-id': id } };
}

async function submit(exchange: Exchange, services: QueueServices): Promise<void> {
  const { request, response, query, hosts, path } = exchange;
  const body = await readJson(request);
  const resolved = services.index.resolve(path);
  if (resolved.kind === 'unknown') {
    return sendAnswer(response, detail(404, `Application '${path}' not found`));
  }
  exchange.endpoint = resolved.endpointId;
  if (!body.ok) return sendAnswer(response, body.answer);
  const faulty = (await services.hooks.beforeSubmit?.(exchange, resolved.endpointId)) ?? null;
  if (faulty) return sendAnswer(response, faulty);

  const refusal = checkGuards(exchange, services, resolved.endpointId);
  if (refusal) return sendAnswer(response, refusal);
  const timeout = header(exchange, 'x-fal-request-timeout');
  const job = new Job({
    id: randomUUID(),
    endpointId: resolved.endpointId,
    plan:
      resolved.kind === 'model'
        ? { kind: 'run', model: resolved.model, subPath: resolved.subPath }
        : { kind: 'no-path', subPath: resolved.subPath },
    input: body.json,
    bodyText: body.text,
    priority: header(exchange, 'x-fal-queue-priority') === 'low' ? 'low' : 'normal',
    startBefore: timeout === null ? null : Date.now() + Number(timeout) * 1000,
    longUrls: services.hooks.longUrls?.() ?? false,
  });
  const webhook = query.get('fal_webhook');
  if (webhook !== null) void services.webhooks.follow(job, webhook);
  services.queue.submit(job);
  if ((await services.hooks.onSubmitted?.(exchange, job.id)) === 'drop') {
    response.destroy();
    return;
  }
  sendAnswer(
    response,
    withId(
      {
        status: 200,
        body: {
          status: 'IN_QUEUE',
          request_id: job.id,
          gateway_request_id: job.id,
          ...urlsOf(job, hosts),
          logs: null,
          metrics: {},
          queue_position: services.queue.positionOf(job),
        },
      },
      job.id,
    ),
  );
}

/** The two promises a caller can ask for at submit (fal-protocol §4.1, §4.6). */
function checkGuards(exchange: Exchange, services: QueueServices, endpointId: string): Answer | null {
  const limit = exchange.query.get('fal_max_queue_length');
  if (limit !== null) {
    if (!/^\d+$/.test(limit)) return detail(400, 'fal_max_queue_length must be a non-negative integer');
    if (services.queue.waitingCount(endpointId) > Number(limit)) {
      return {
        status: 429,
        headers: { 'x-fal-error-type': 'queue_length_exceeded' },
        body: {
          detail: `More than ${limit} requests are waiting on ${endpointId}`,
          error_type: 'queue_length_exceeded',
        },
      };
    }
  }
  const timeout = header(exchange, 'x-fal-request-timeout');
  // Clients refuse values of a second or less; the gateway's own floor is lower (fal-protocol §14).
  if (timeout !== null && !(Number(timeout) > 0.1)) {
    return detail(400, 'x-fal-request-timeout must be a number of seconds above 0.1');
  }
  return null;
}

function header(exchange: Exchange, name: string): string | null {
  const value = exchange.request.headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** fal-protocol §4.3: one status object per change, logs as increments, the end after COMPLETED. */
async function streamStatus(
  exchange: Exchange,
  services: QueueServices,
  job: Job,
  withLogs: boolean,
): Promise<void> {
  const { response, hosts } = exchange;
  const faulty = services.hooks.onStatusStream?.(exchange, job.id) ?? null;
  if (faulty && 'status' in faulty) return sendAnswer(response, faulty);
  const cutAfter = faulty ? faulty.cutAfter : Infinity;

  const stream = new EventStream(response, { 'x-fal-request-id': job.id });
  let logsSent = 0;
  let eventsSent = 0;
  let lastSent = '';
  await new Promise<void>((resolve) => {
    const send = () => {
      const fresh = withLogs ? job.logs.slice(logsSent) : null;
      const body = statusBody(job, services.queue, hosts, fresh);
      const summary = `${job.state.status} ${String(body['queue_position'])}`;
      if (summary === lastSent && (fresh === null || fresh.length === 0)) return;
      lastSent = summary;
      logsSent = job.logs.length;
      // Not awaited: a slow reader makes Node buffer, and status objects are small and few.
      void stream.send(body);
      eventsSent += 1;
      if (eventsSent >= cutAfter) {
        stop();
        // Once the event has left: a cut before that would lose the event as well.
        response.write('', () => stream.cut());
        resolve();
      } else if (job.completed) {
        stop();
        stream.end();
        resolve();
      }
    };
    const stop = job.onChange(send);
    response.once('close', () => {
      stop();
      resolve();
    });
    send();
  });
}
