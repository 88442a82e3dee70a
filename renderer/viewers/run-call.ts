import { optionHeaders } from '../../shared/fal/option-headers.ts';
import type { Run } from '../../shared/runs/run.ts';

/** A request as it went over the wire, but for its body, the key and what every connection says. */
export interface RunCall {
  /** `queue.fal.run`, `fal.run`: the host of a use, whatever stands in its place in this profile. */
  readonly host: string;
  /** From the slash on. */
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** fal-protocol §2.3, §4.1, §6, §9.1. */
export function callOf({
  endpointId,
  method,
  options,
}: Pick<Run, 'endpointId' | 'method' | 'options'>): RunCall {
  const own = options.path?.replace(/^\/+/, '') ?? '';
  const streams = method === 'stream' && own === '' && !endpointId.endsWith('/stream');
  const query = new URLSearchParams();
  if (options.webhookUrl !== undefined) query.set('fal_webhook', options.webhookUrl);
  if (options.maxQueueLength !== undefined) query.set('fal_max_queue_length', String(options.maxQueueLength));
  const path = ['', endpointId, ...(own === '' ? [] : [own]), ...(streams ? ['stream'] : [])].join('/');
  return {
    host: method === 'queue' ? 'queue.fal.run' : 'fal.run',
    path: query.size > 0 ? `${path}?${query}` : path,
    headers: Object.entries(optionHeaders(options)),
  };
}
