import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';

const measuredSchema = z.array(z.number());

export interface Measured {
  /** One round, as the worker does it. */
  readonly measure: () => Promise<readonly number[]>;
  readonly end: () => Promise<void>;
}

/** A worker that answers each message with the figures of one more round. */
export function inOwnThread(script: URL, data: unknown): Measured {
  const worker = new Worker(script, { workerData: data });
  return {
    measure: async () => {
      const answered = once(worker, 'message');
      worker.postMessage('measure');
      const [figures] = await answered;
      return measuredSchema.parse(figures);
    },
    end: async () => {
      await worker.terminate();
    },
  };
}
