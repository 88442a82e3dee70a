import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { localHostsSchema } from '../fal/hosts.ts';
import type { FalHosts } from '../fal/hosts.ts';

/** What the demo's server takes as key; it listens on this computer only. */
export const DEMO_KEY = 'demo:demo';

const readySchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), hosts: localHostsSchema }),
  z.object({ type: z.literal('error'), message: z.string() }),
]);

/** The demo's fal-compatible server, started when it is first needed, in a thread of its own. */
export class DemoServer {
  readonly #worker: URL;
  #thread: Worker | null = null;
  #hosts: Promise<FalHosts> | null = null;

  constructor(worker: URL) {
    this.#worker = worker;
  }

  /** Rejects when the server could not start; the next call tries again. */
  hosts(): Promise<FalHosts> {
    this.#hosts ??= this.#start().catch((error: unknown) => {
      this.#hosts = null;
      throw error;
    });
    return this.#hosts;
  }

  async close(): Promise<void> {
    await this.#thread?.terminate();
  }

  #start(): Promise<FalHosts> {
    const thread = new Worker(this.#worker, { workerData: {} });
    this.#thread = thread;
    return new Promise((resolve, reject) => {
      thread.once('error', reject);
      thread.once('exit', () => {
        this.#hosts = null;
        reject(new Error('The demo server stopped.'));
      });
      thread.once('message', (message: unknown) => {
        const parsed = readySchema.safeParse(message);
        if (parsed.success && parsed.data.type === 'ready') resolve(parsed.data.hosts);
        else
          reject(
            new Error(
              parsed.success && parsed.data.type === 'error'
                ? parsed.data.message
                : 'The demo server did not start.',
            ),
          );
      });
    });
  }
}
