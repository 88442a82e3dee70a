import type { Answer, Hosts, LogEntry } from './types.ts';
import { appOf } from './ids.ts';
import type { Job } from './job.ts';
import type { JobQueue } from './job-queue.ts';

/** App-only URLs: the path inside the app is dropped (fal-protocol §2.2, §4.1). */
export function urlsOf(job: Job, hosts: Hosts) {
  const base = `${hosts.queue}/${job.longUrls ? job.endpointId : appOf(job.endpointId)}/requests/${job.id}`;
  return {
    response_url: job.longUrls ? `${base}/response` : base,
    status_url: `${base}/status`,
    cancel_url: `${base}/cancel`,
  };
}

/**
 * A status object. `logs` and `queue_position` are always there where the Python client indexes them
 * (fal-protocol §4.2); failures are COMPLETED with `error`.
 */
export function statusBody(
  job: Job,
  queue: JobQueue,
  hosts: Hosts,
  logs: readonly LogEntry[] | null,
): Record<string, unknown> {
  const { state } = job;
  const common = { status: state.status, request_id: job.id, ...urlsOf(job, hosts), logs };
  switch (state.status) {
    case 'IN_QUEUE':
      return { ...common, queue_position: queue.positionOf(job) };
    case 'IN_PROGRESS':
      return { ...common, metrics: {} };
    case 'COMPLETED':
      return {
        ...common,
        metrics: { inference_time: state.inferenceTime },
        ...(state.failure ? { error: state.failure.message, error_type: state.failure.type } : {}),
      };
  }
}

export function statusAnswer(job: Job, queue: JobQueue, hosts: Hosts, withLogs: boolean): Answer {
  return {
    status: job.completed ? 200 : 202,
    body: statusBody(job, queue, hosts, withLogs ? job.logs : null),
  };
}
