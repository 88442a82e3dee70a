import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Exchange, LocalFalHooks } from '../../electron/local-fal/index.ts';
import { ModelError } from '../../electron/local-fal/index.ts';
import { CALL_FAULT_NAMES, CallFaults, parseCallFault } from './call-faults.ts';
import { LIVE_FAULT_NAMES, LiveFaults, parseLiveFault } from './live-faults.ts';
import { SeededFaults } from './seeded-faults.ts';
import { UPLOAD_FAULT_NAMES, UploadFaults, isSecondPart, parseUploadFault } from './upload-faults.ts';

/**
 * Misbehaviour by name; `name:value` where a value makes sense.
 *
 * - `slow[:MS]`            every answer comes MS later (default 1500 times the pace)
 * - `drop-mid-body[:always]`  downloads are cut half-way: each file's first, or every one
 * - `submit-503[:N]`       the first N (1) submits answer 503 with Retry-After, nothing taken
 * - `drop-submit[:N]`      the first N (1) submits are taken and their answer is lost
 * - `lose-submit`          submits never arrive, and nobody says so
 * - `cut`                  every connection breaks, open ones and new ones
 * - `completed-error`      requests end COMPLETED with an error, the result is a 500
 * - `no-status-stream`     404 on status/stream
 * - `stream-drop`          the status stream is cut after its first event
 * - `back-to-queue`        each request falls from IN_PROGRESS back to IN_QUEUE once
 * - `chance:SEED`          each request of the queue meets a fault by chance, the same ones for the same seed; see
 *   seeded-faults.ts
 * - `requests-403`         the key may not list requests
 * - `hold:queued`, `hold:running`  requests stay there until the fault is taken off
 * - `hold:upload`, `hold:submit`, `hold:result`, `hold:media`, `hold:lookup`  these answers wait until the fault is
 *   taken off; a submit is taken before, and beside `drop-mid-body` only the second half of a file waits
 * - `hold:part`            the same of the second part of each upload
 * - `run-…`, `submit-…`, `status-…`, `events-…`, `result-…`, `cancel-…`, `schema-…`, `price-…`, `initiate-…`,
 *   `stream-…`, `long-urls`  calls and streams go wrong; see call-faults.ts
 * - `part-…`, `complete-…`, `upload-expired`  the storage goes wrong; see upload-faults.ts
 * - `live-…`               live sessions go wrong; see live-faults.ts
 */
export const FAULT_NAMES = [
  'slow',
  'drop-mid-body',
  'submit-503',
  'drop-submit',
  'lose-submit',
  'cut',
  'completed-error',
  'no-status-stream',
  'stream-drop',
  'back-to-queue',
  'chance',
  'requests-403',
  'hold:queued',
  'hold:running',
  'hold:upload',
  'hold:part',
  'hold:submit',
  'hold:result',
  'hold:media',
  'hold:lookup',
  ...CALL_FAULT_NAMES,
  ...UPLOAD_FAULT_NAMES,
  ...LIVE_FAULT_NAMES,
] as const;
export type FaultName = (typeof FAULT_NAMES)[number];

const NUMBERED: ReadonlySet<FaultName> = new Set(['slow', 'submit-503', 'drop-submit', 'chance']);

/** The value after the name, or null. Throws a sentence for a name that does not exist. */
export function parseFault(text: string): { name: FaultName; value: string | null } {
  const known = parseLiveFault(text) ?? parseCallFault(text) ?? parseUploadFault(text);
  if (known) return known;
  const whole = FAULT_NAMES.find((name) => name === text && !name.startsWith('live-'));
  if (whole) return { name: whole, value: null };
  const colon = text.indexOf(':');
  const value = text.slice(colon + 1);
  const name = colon < 0 ? undefined : FAULT_NAMES.find((known) => known === text.slice(0, colon));
  const numeric = name !== undefined && NUMBERED.has(name) && /^\d+$/.test(value);
  if (name && (numeric || (name === 'drop-mid-body' && value === 'always'))) return { name, value };
  throw new Error(`Unknown fault '${text}'. Known: ${FAULT_NAMES.join(', ')}`);
}

type Active = { readonly value: string | null; readonly lifted: AbortController };

/** The faults that are on. May be changed while the server runs. */
export class Faults {
  readonly #pace: number;
  #active = new Map<FaultName, Active>();
  #texts: readonly string[] = [];
  #submitsToRefuse = 0;
  #submitsToDrop = 0;
  readonly #open = new Set<ServerResponse>();
  readonly #filesCut = new Set<string>();
  readonly #calls: CallFaults;
  readonly #uploads = new UploadFaults();
  /** Those by chance. */
  readonly seeded = new SeededFaults();
  /** Those of live sessions. */
  readonly live = new LiveFaults((name, signal) => this.#hold(name, signal));

  constructor(pace: number, names: readonly string[] = [], onSilent?: (response: ServerResponse) => void) {
    this.#pace = pace;
    this.#calls = new CallFaults(onSilent);
    this.set(names);
  }

  get names(): readonly string[] {
    return this.#texts;
  }

  /** Replaces all faults; whatever a removed one held goes on. Counters begin anew. */
  set(names: readonly string[]): void {
    const parsed = names.map((text) => parseFault(text));
    const before = this.#active;
    this.#active = new Map();
    for (const { name, value } of parsed) {
      const lifted = before.get(name)?.lifted ?? new AbortController();
      this.#active.set(name, { value, lifted });
    }
    for (const [name, { lifted }] of before) if (!this.#active.has(name)) lifted.abort();
    this.#texts = [...names];
    const refuse = this.#active.get('submit-503');
    this.#submitsToRefuse = refuse ? Number(refuse.value ?? 1) : 0;
    const drop = this.#active.get('drop-submit');
    this.#submitsToDrop = drop ? Number(drop.value ?? 1) : 0;
    const chance = this.#active.get('chance');
    this.seeded.set(chance ? Number(chance.value ?? 1) : null);
    this.#filesCut.clear();
    const values = new Map([...this.#active].map(([name, { value }]) => [name, value]));
    this.live.set(values);
    this.#calls.set(values);
    this.#uploads.set(values);
    if (this.#active.has('cut')) for (const response of this.#open) response.destroy();
  }

  /** Before routing: holds what waits, breaks what is cut. True when there is no more to answer. */
  async meet(exchange: Exchange): Promise<boolean> {
    const { response, request, method, host, path } = exchange;
    const closed = new AbortController();
    this.#open.add(response);
    response.once('close', () => {
      this.#open.delete(response);
      closed.abort();
    });
    const isResult = host === 'queue' && method === 'GET' && /\/requests\/[^/]+$/.test(path);
    const isUpload = host === 'cdn' && method === 'PUT';
    const isFile =
      host === 'cdn' &&
      !isUpload &&
      (!this.#active.has('drop-mid-body') || request.headers.range !== undefined);
    const isLookup = host === 'api' && path.startsWith('v1/models/requests/');
    const hold = isResult
      ? 'hold:result'
      : isUpload
        ? isSecondPart(exchange) && this.#active.has('hold:part')
          ? 'hold:part'
          : 'hold:upload'
        : isFile
          ? 'hold:media'
          : isLookup
            ? 'hold:lookup'
            : null;
    if (hold !== null) await this.#hold(hold, closed.signal).catch(() => undefined);
    if (isResult && this.seeded.losesResult(path.split('/').at(-1) ?? '')) {
      response.writeHead(502, { 'content-type': 'text/html' }).end('<html><title>Bad gateway</title></html>');
      return true;
    }
    if (this.#active.has('cut')) response.destroy();
    if (this.#active.has('lose-submit') && method === 'POST' && host === 'queue') response.destroy();
    if (this.#active.has('requests-403') && isLookup) {
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end('{"detail":"This endpoint needs a key with the admin scope"}');
      return true;
    }
    return (
      response.destroyed ||
      this.#calls.meet(exchange) ||
      this.#uploads.meet(exchange) ||
      this.live.meetToken(exchange)
    );
  }

  /** Waits until the fault is taken off. Rejects when the job is cancelled. */
  async #hold(name: FaultName, signal: AbortSignal): Promise<void> {
    const lifted = this.#active.get(name)?.lifted.signal;
    if (!lifted || lifted.aborted) return;
    await new Promise<void>((resolve, reject) => {
      const giveUp = () => reject(new Error('The job was cancelled while it was held'));
      lifted.addEventListener('abort', () => resolve(), { once: true });
      if (signal.aborted) giveUp();
      else signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Milliseconds by which answers are late. */
  get delay(): number {
    const slow = this.#active.get('slow');
    if (!slow) return 0;
    return slow.value === null ? 1500 * this.#pace : Number(slow.value);
  }

  get hooks(): LocalFalHooks {
    return {
      ...this.#calls.hooks,
      ...this.#uploads.hooks,
      beforeSubmit: () => {
        if (this.#submitsToRefuse === 0) return this.seeded.refusal();
        this.#submitsToRefuse -= 1;
        return {
          status: 503,
          headers: { 'retry-after': '1', 'x-fal-error-type': 'runner_scheduling_failure' },
          body: { detail: 'No runner could be scheduled', error_type: 'runner_scheduling_failure' },
        };
      },
      onSubmitted: async ({ response }, requestId) => {
        const fate = this.seeded.fateOf(requestId);
        const closed = new AbortController();
        response.once('close', () => closed.abort());
        await this.#hold('hold:submit', closed.signal).catch(() => undefined);
        if (fate === 'answer-lost') return 'drop';
        if (this.#submitsToDrop === 0) return null;
        this.#submitsToDrop -= 1;
        return 'drop';
      },
      onStatusStream: (_exchange, requestId) => {
        const fate = this.seeded.fateOf(requestId);
        if (this.#active.has('no-status-stream') || fate === 'no-stream')
          return { status: 404, body: { detail: 'Not Found' } };
        return this.#active.has('stream-drop') || fate === 'stream-cut' ? { cutAfter: 1 } : null;
      },
      onCdn: (_exchange, name, length) => {
        const drop = this.#active.get('drop-mid-body');
        if (!drop || (drop.value === null && this.#filesCut.has(name))) return null;
        this.#filesCut.add(name);
        return Math.floor(length / 2);
      },
      whileQueued: (job) => this.#hold('hold:queued', job.signal),
      whileRunning: async (job) => {
        await this.#hold('hold:running', job.signal);
        const fate = this.seeded.fateOf(job.id);
        if ((this.#active.has('back-to-queue') || fate === 'back-to-queue') && job.returns === 0) {
          await sleep(300 * this.#pace, undefined, { signal: job.signal });
          return 'requeue';
        }
        return this.#active.has('completed-error') || fate === 'runner-fails' ? runnerFailure() : null;
      },
    };
  }
}

function runnerFailure(): ModelError {
  const message = 'The runner crashed: CUDA out of memory';
  return new ModelError(message, 'runner_server_error', {
    status: 500,
    headers: { 'x-fal-error-type': 'runner_server_error' },
    body: { detail: message, error_type: 'runner_server_error' },
  });
}
