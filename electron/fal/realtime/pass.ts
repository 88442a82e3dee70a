import type { EndpointId } from '../../../shared/fal/endpoint-id.ts';
import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { FalConnection } from '../connection.ts';
import { fetchToken } from './token.ts';

/** What opens a socket: a token in its address, or the key in its handshake (fal-protocol §1.2). */
export type Pass =
  { readonly kind: 'token'; readonly token: string } | { readonly kind: 'key'; readonly header: string };

export type AuthWay = 'token' | 'key';

/** A part of a token's life after which the next one is fetched; the socket that is open needs none of them. */
const REFRESH_AT = 0.8;
const REFRESH_AGAIN = 0.05;
/** A token must outlive the handshake it is for. */
const MARGIN_MS = 5_000;
const FETCH_LIMIT = 20_000;

interface PassOptions {
  readonly connection: FalConnection;
  readonly endpoint: EndpointId;
  readonly way: AuthWay;
  /** Seconds a token is asked to live. */
  readonly tokenSeconds: number;
}

/**
 * Keeps the pass for the next handshake ready. A token is renewed while the socket lives and without touching it, so that
 * a lost connection opens again without waiting for one (fal-protocol §7.6 says what goes wrong otherwise).
 */
export class PassBook {
  readonly #options: PassOptions;
  #token: { readonly text: string; readonly goodUntil: number } | null = null;
  #way: AuthWay;
  #timer: NodeJS.Timeout | undefined;
  /** Counts what was forgotten: a token asked for before that is none of now. */
  #age = 0;

  constructor(options: PassOptions) {
    this.#options = options;
    this.#way = options.way;
  }

  /** A pass that is good now. Kinds of failure: `auth` where fal said no; anything else may pass. */
  async get(signal: AbortSignal): Promise<Result<Pass, AppError>> {
    if (this.#way === 'token') {
      if (this.#token !== null && performance.now() < this.#token.goodUntil)
        return ok({ kind: 'token', token: this.#token.text });
      const fetched = await this.#fetch(signal);
      if (fetched.ok) return ok({ kind: 'token', token: fetched.value });
      // The shape of the token call is not settled (fal-protocol §14); the key on the handshake is documented too.
      if (fetched.error.kind !== 'not_found' && fetched.error.kind !== 'validation') return fetched;
      this.#way = 'key';
    }
    const key = this.#options.connection.credentials();
    return key === null ? fail(noKey()) : ok({ kind: 'key', header: `Key ${key}` });
  }

  /** The token at hand was refused. */
  forget(): void {
    this.#age += 1;
    this.#token = null;
  }

  /** Fetches the next token in time, until `rest`. */
  keepFresh(signal: AbortSignal): void {
    this.rest();
    if (this.#way !== 'token' || this.#token === null) return;
    const life = this.#options.tokenSeconds * 1000;
    const left = this.#token.goodUntil + MARGIN_MS - performance.now();
    this.#timer = setTimeout(
      () => void this.#renew(signal),
      Math.max(left - life * (1 - REFRESH_AT), life * REFRESH_AGAIN),
    );
    this.#timer.unref();
  }

  /** No socket is open: a token is fetched when one is wanted. */
  rest(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #renew(signal: AbortSignal): Promise<void> {
    const timer = this.#timer;
    await this.#fetch(signal);
    if (!signal.aborted && this.#timer === timer) this.keepFresh(signal);
  }

  async #fetch(signal: AbortSignal): Promise<Result<string, AppError>> {
    const { connection, endpoint, tokenSeconds } = this.#options;
    if (connection.credentials() === null) return fail(noKey());
    const asked = performance.now();
    const age = this.#age;
    const limited = AbortSignal.any([signal, AbortSignal.timeout(FETCH_LIMIT)]);
    const token = await fetchToken(connection, endpoint, tokenSeconds, limited);
    if (token.ok && age === this.#age)
      this.#token = { text: token.value, goodUntil: asked + tokenSeconds * 1000 - MARGIN_MS };
    return token;
  }
}

const noKey = (): AppError =>
  appError('auth', 'There is no key for this session any more', {
    hint: 'Your input is kept. Add a fal key in Settings, then try again.',
  });

/** The socket's address and headers with the pass in one or the other. */
export function handshake(
  address: string,
  pass: Pass,
  userAgent: string,
): { readonly url: string; readonly headers: Readonly<Record<string, string>> } {
  const headers = { 'user-agent': userAgent };
  if (pass.kind === 'key') return { url: address, headers: { ...headers, authorization: pass.header } };
  const joint = address.includes('?') ? '&' : '?';
  return { url: `${address}${joint}fal_jwt_token=${encodeURIComponent(pass.token)}`, headers };
}
