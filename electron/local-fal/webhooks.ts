import { createHash, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer } from './types.ts';
import { toJson } from './http.ts';
import type { Job } from './job.ts';

/** fal-protocol §11: what is not acknowledged is sent again. */
const MOST_TRIES = 10;
/** Milliseconds at pace 1, doubled each time. */
const FIRST_WAIT = 1_000;
const LONGEST_WAIT = 120_000;
/** Milliseconds in which an address has to answer. */
const PATIENCE = 15_000;

/** Tells addresses on this computer of the end of their requests, signed with a key of this server's own. */
export class Webhooks {
  readonly #pace: number;
  readonly #closing: AbortSignal;
  readonly #userId = `user_${randomUUID()}`;
  readonly #id = randomUUID();
  readonly #keys = generateKeyPairSync('ed25519');

  constructor(pace: number, closing: AbortSignal) {
    this.#pace = pace;
    this.#closing = closing;
  }

  /** `GET /.well-known/jwks.json` of the rest host; anyone may ask. */
  jwks(): Answer {
    const key = this.#keys.publicKey.export({ format: 'jwk' });
    const keys = [{ ...key, kid: this.#id, use: 'sig', alg: 'EdDSA' }];
    return { status: 200, headers: { 'cache-control': 'public, max-age=86400' }, body: { keys } };
  }

  /** fal itself drops addresses on private networks; this server drops all others, and says so in the request's log. */
  async follow(job: Job, address: string): Promise<void> {
    if (!isLoopback(address)) {
      job.log('The local server delivers webhooks to this computer alone', 'WARN');
      return;
    }
    if (!job.completed)
      await new Promise<void>((resolve) => {
        const stop = job.onChange(() => {
          if (!job.completed) return;
          stop();
          resolve();
        });
      });
    await this.#deliver(address, job.id, toJson(bodyOf(job)));
  }

  async #deliver(address: string, requestId: string, body: string): Promise<void> {
    for (let attempt = 0; attempt < MOST_TRIES && !this.#closing.aborted; attempt += 1) {
      if (attempt > 0) {
        const wait = Math.min(FIRST_WAIT * 2 ** (attempt - 1), LONGEST_WAIT) * this.#pace;
        await sleep(wait, undefined, { signal: this.#closing }).catch(() => undefined);
      }
      if (await this.#post(address, requestId, body)) return;
    }
  }

  /** True when there is nothing more to try: any 2xx acknowledges, and a redirect is final. */
  async #post(address: string, requestId: string, body: string): Promise<boolean> {
    try {
      const response = await fetch(address, {
        method: 'POST',
        body,
        redirect: 'manual',
        headers: { 'content-type': 'application/json', ...this.#signed(requestId, body) },
        signal: AbortSignal.any([this.#closing, AbortSignal.timeout(PATIENCE)]),
      });
      await response.body?.cancel();
      return response.status < 400;
    } catch {
      return false;
    }
  }

  #signed(requestId: string, body: string): Record<string, string> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const hash = createHash('sha256').update(body, 'utf8').digest('hex');
    const message = `${requestId}\n${this.#userId}\n${timestamp}\n${hash}`;
    const signature = sign(null, Buffer.from(message, 'utf8'), this.#keys.privateKey);
    return {
      'x-fal-webhook-request-id': requestId,
      'x-fal-webhook-user-id': this.#userId,
      'x-fal-webhook-timestamp': timestamp,
      'x-fal-webhook-signature': signature.toString('hex'),
    };
  }
}

function isLoopback(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
  );
}

function bodyOf(job: Job): Record<string, unknown> {
  const ids = { request_id: job.id, gateway_request_id: job.id };
  if (job.state.status !== 'COMPLETED') return ids;
  const { answer } = job.state;
  return answer.status < 300
    ? { ...ids, status: 'OK', payload: answer.body }
    : {
        ...ids,
        status: 'ERROR',
        error: `Invalid status code: ${answer.status}`,
        payload: answer.body,
      };
}
