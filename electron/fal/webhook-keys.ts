import type { KeyObject } from 'node:crypto';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { clockOf } from './clock.ts';
import type { FalConnection } from './connection.ts';
import { exchangeOk } from './http.ts';
import { checkWebhook, keysOf, webhookError } from './webhook.ts';
import type { Delivery, Genuine } from './webhook.ts';

/** Keys are good for a day at most (fal-protocol §11). */
const LONGEST_KEPT = 24 * 3_600_000;
/** Whoever sends forgeries must not make us ask fal at each of them. */
const SOONEST_AGAIN = 60_000;

interface Kept {
  readonly keys: readonly KeyObject[];
  readonly at: number;
}

/** Checks deliveries by fal's own keys: read once a day, and once more when none of them fits, for fal changes them. */
export class WebhookVerifier {
  readonly #connection: FalConnection;
  readonly #now: () => number;
  #kept: Kept | null = null;

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
    const age = this.#kept === null ? Infinity : this.#now() - this.#kept.at;
    // Below 0: the clock was set back, and the age is not known.
    const fresh = age >= 0 && age < LONGEST_KEPT;
    const kept = fresh && this.#kept !== null ? ok(this.#kept.keys) : await this.#read(signal);
    if (!kept.ok) return kept;
    const checked = checkWebhook(delivery, kept.value, cameAt);
    if (checked.ok) return checked;
    if (!fresh || age < SOONEST_AGAIN) return fail(webhookError(checked.error));
    const renewed = await this.#read(signal);
    if (!renewed.ok) return renewed;
    const again = checkWebhook(delivery, renewed.value, cameAt);
    return again.ok ? again : fail(webhookError(again.error));
  }

  async #read(signal: AbortSignal): Promise<Result<readonly KeyObject[], AppError>> {
    // Anyone may read them: the key stays here.
    const open: FalConnection = { ...this.#connection, credentials: () => null };
    const url = `${open.hosts.rest}/.well-known/jwks.json`;
    const answer = await exchangeOk(open, { method: 'GET', url, retry: 'read', signal });
    if (!answer.ok) return fail({ ...answer.error, title: UNREADABLE, hint: HINT });
    const keys = keysOf(answer.value.body);
    if (keys === null)
      return fail(appError('protocol', UNREADABLE, { detail: `${url} holds no JWKS.`, hint: HINT }));
    this.#kept = { keys, at: this.#now() };
    return ok(keys);
  }
}

const UNREADABLE = 'fal’s keys for webhooks cannot be read';
const HINT = 'Nothing is known of the delivery. Try again in a moment.';
