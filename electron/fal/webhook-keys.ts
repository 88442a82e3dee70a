import type { KeyObject } from 'node:crypto';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { clockOf } from './clock.ts';
import type { FalConnection } from './connection.ts';
import { exchangeOk, stopped } from './http.ts';
import { checkWebhook, keysOf, webhookError } from './webhook.ts';
import type { Delivery, Genuine } from './webhook.ts';

/** Keys are good for a day at most (fal-protocol §11). */
const LONGEST_KEPT = 24 * 3_600_000;
/** Whoever sends forgeries must not make us ask fal at each of them. */
const SOONEST_AGAIN = 60_000;
/** Where there are no keys nothing can be verified: they are asked for again sooner, but not at each delivery. */
const SOONEST_AFTER_FAILURE = 5_000;

interface Kept {
  readonly keys: readonly KeyObject[];
  readonly at: number;
}

type KeysRead = Result<readonly KeyObject[], AppError>;

interface Reading {
  readonly keys: Promise<KeysRead>;
  readonly stop: AbortController;
  waiting: number;
}

/** Checks deliveries by fal's own keys: read once a day, and once more when none of them fits, for fal changes them. */
export class WebhookVerifier {
  readonly #connection: FalConnection;
  readonly #now: () => number;
  #kept: Kept | null = null;
  /** One for all who need the keys at once. */
  #reading: Reading | null = null;
  /** The last reading, where it brought nothing. */
  #failed: { readonly error: AppError; readonly at: number } | null = null;

  constructor(connection: FalConnection) {
    this.#connection = connection;
    this.#now = clockOf(connection).now;
  }

  /** `cameAt` is when the delivery came, where that was not just now; in milliseconds since 1970. */
  async verify(
    delivery: Delivery,
    signal: AbortSignal,
    cameAt: number = this.#now(),
  ): Promise<Result<Genuine, AppError>> {
    // What no key could mend is said without asking for one.
    const bare = checkWebhook(delivery, [], cameAt);
    if (!bare.ok && bare.error.reason !== 'no-key-fits') return fail(webhookError(bare.error));
    const fresh = this.#kept !== null && this.#within(this.#kept.at, LONGEST_KEPT) ? this.#kept.keys : null;
    const first = fresh === null ? await this.#read(signal, SOONEST_AFTER_FAILURE) : ok(fresh);
    if (!first.ok) return first;
    const checked = checkWebhook(delivery, first.value, cameAt);
    if (checked.ok) return checked;
    const unfit = fail(webhookError(checked.error));
    if (fresh === null) return unfit;
    const renewed = await this.#read(signal, SOONEST_AGAIN);
    // The keys that are kept are still good, and none of them fits.
    if (!renewed.ok) return signal.aborted ? renewed : unfit;
    const again = checkWebhook(delivery, renewed.value, cameAt);
    return again.ok ? again : fail(webhookError(again.error));
  }

  /** Below 0 the clock was set back, and the age is not known. */
  #within(at: number, limit: number): boolean {
    const age = this.#now() - at;
    return age >= 0 && age < limit;
  }

  /** The keys as fal names them now, or as it did so many milliseconds ago or less. */
  async #read(signal: AbortSignal, soonest: number): Promise<KeysRead> {
    if (this.#reading === null) {
      const [kept, failed] = [this.#kept, this.#failed];
      if (failed !== null && this.#within(failed.at, soonest)) return fail(failed.error);
      if (kept !== null && this.#within(kept.at, soonest)) return ok(kept.keys);
    }
    const reading = (this.#reading ??= this.#begin());
    const left = Promise.withResolvers<KeysRead>();
    const leave = (): void => left.resolve(fail(stopped(signal)));
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    reading.waiting += 1;
    const keys = await Promise.race([left.promise, reading.keys]);
    signal.removeEventListener('abort', leave);
    reading.waiting -= 1;
    if (reading.waiting === 0) {
      // Nobody needs it any more; where it is done already, nothing is stopped.
      if (this.#reading === reading) this.#reading = null;
      reading.stop.abort();
    }
    return keys;
  }

  #begin(): Reading {
    const stop = new AbortController();
    const at = this.#now();
    const keys = this.#ask(stop.signal).then((answer) => {
      if (this.#reading === reading) this.#reading = null;
      if (answer.ok) [this.#kept, this.#failed] = [{ keys: answer.value, at }, null];
      // One that was stopped says nothing of fal.
      else if (!stop.signal.aborted) this.#failed = { error: answer.error, at };
      return answer;
    });
    const reading: Reading = { keys, stop, waiting: 0 };
    return reading;
  }

  async #ask(signal: AbortSignal): Promise<KeysRead> {
    // Anyone may read them: the key stays here.
    const open: FalConnection = { ...this.#connection, credentials: () => null };
    const url = `${open.hosts.rest}/.well-known/jwks.json`;
    const answer = await exchangeOk(open, { method: 'GET', url, retry: 'read', signal });
    if (!answer.ok) return fail({ ...answer.error, title: UNREADABLE, hint: HINT });
    const keys = keysOf(answer.value.body);
    return keys === null
      ? fail(appError('protocol', UNREADABLE, { detail: `${url} holds no JWKS.`, hint: HINT }))
      : ok(keys);
  }
}

const UNREADABLE = 'fal’s keys for webhooks cannot be read';
const HINT = 'Nothing is known of the delivery. Try again in a moment.';
