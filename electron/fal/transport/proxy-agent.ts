import { Agent } from 'node:https';
import type { AgentOptions, RequestOptions } from 'node:https';
import { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { createSecureContext } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { ConnectError, ProxyError } from './proxy-error.ts';
import { tunnel } from './tunnel.ts';
import { DIRECT, nameOf } from './ways.ts';
import type { Way, WaysTo } from './ways.ts';

export interface ProxyAgentOptions {
  readonly waysTo: WaysTo;
  /** Certificates of authorities the system trusts, in PEM; asked once, and only when one is met that Node does not know. */
  readonly authorities: () => readonly string[];
  /** Milliseconds for each step: the system's word, to the proxy, through it, the handshake with the host. */
  readonly limit?: number;
}

interface Wanted extends RequestOptions {
  readonly until?: AbortSignal;
}

/** Options of a request that the signal ends. Said twice: Node keeps `signal` from the agent, which would connect on. */
export const endedBy = (
  signal: AbortSignal,
): { readonly signal: AbortSignal; readonly until: AbortSignal } => ({
  signal,
  until: signal,
});

const LIMIT = 15_000;
/** Milliseconds in which a proxy that did not answer comes after all others; as long as Chromium has it. */
const SHUNNED = 300_000;
/** What a certificate's refusal is called where its authority is not known. */
const UNKNOWN_AUTHORITY = new Set([
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
]);

/**
 * Connections over https by whatever way the system says, one after another where it names several. A connection is handed
 * out once the host itself has been heard, so that what fails before was certainly not sent. For `http.request` and `ws`.
 */
export class ProxyAgent extends Agent {
  readonly #waysTo: WaysTo;
  readonly #authorities: () => readonly string[];
  readonly #limit: number;
  readonly #shunned = new Map<string, number>();
  #context: SecureContext | undefined;

  constructor({ waysTo, authorities, limit = LIMIT }: ProxyAgentOptions, options: AgentOptions) {
    super(options);
    this.#waysTo = waysTo;
    this.#authorities = authorities;
    this.#limit = limit;
  }

  override createConnection(
    options: Wanted,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    void this.#connect(options).then(
      (socket) => callback?.(null, socket),
      // The types want a stream in any case; beside an error nobody looks at it.
      (error: unknown) => callback?.(asError(error), new Duplex()),
    );
  }

  async #connect(options: Wanted): Promise<Duplex> {
    const target = { host: options.host ?? 'localhost', port: Number(options.port ?? 443) };
    const authority = target.host.includes(':') ? `[${target.host}]` : target.host;
    const ways = await this.#asked(new URL(`https://${authority}:${target.port}`), options.until);
    let failure = new Error('There is no way to this host');
    for (const way of this.#inOrder(ways)) {
      try {
        return await this.#by(way, options, target);
      } catch (error) {
        failure = asError(error);
        // A proxy that is there has had its say; only one that is not is passed over.
        if (!(error instanceof ProxyError) || error.fault !== 'unreachable') break;
        this.#shunned.set(error.proxy, Date.now() + SHUNNED);
      }
    }
    throw failure;
  }

  /**
   * Without an answer of the system's, or without one in time, there is one way left. So Chromium has it where a PAC file
   * is not to be had, as on a laptop away from its company; and only the host itself, by its certificate, is spoken to.
   */
  async #asked(url: URL, until: AbortSignal | undefined): Promise<readonly Way[]> {
    const answered = new AbortController();
    const signal = until === undefined ? answered.signal : AbortSignal.any([answered.signal, until]);
    try {
      return await Promise.race([
        this.#waysTo(url).catch(() => [DIRECT]),
        delay(this.#limit, [DIRECT], { signal }),
      ]);
    } finally {
      answered.abort();
    }
  }

  #inOrder(ways: readonly Way[]): readonly Way[] {
    const isShunned = (way: Way): boolean =>
      way.kind !== 'direct' && (this.#shunned.get(nameOf(way)) ?? 0) > Date.now();
    return [...ways.filter((way) => !isShunned(way)), ...ways.filter(isShunned)];
  }

  async #by(way: Way, options: Wanted, target: { host: string; port: number }): Promise<Duplex> {
    const { until } = options;
    const attempt = async (): Promise<Duplex> => {
      const context = this.#context;
      const line =
        way.kind === 'direct' ? null : await tunnel(way, target, { limit: this.#limit, until, context });
      return this.#secured(options, line).catch((error: unknown) => {
        throw new ConnectError(asError(error));
      });
    };
    try {
      return await attempt();
    } catch (error) {
      // The host's, or that of a proxy which is itself spoken to over TLS.
      if (!isOfUnknownAuthority(error) || this.#context !== undefined) throw error;
      this.#context = createSecureContext({ ca: [...this.#authorities()] });
    }
    return attempt();
  }

  /** The handshake with the host, over the line or, without one, straight. */
  #secured(options: Wanted, line: Duplex | null): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const socket = super.createConnection({
        ...options,
        ...(line === null ? {} : { socket: line }),
        ...(this.#context === undefined ? {} : { secureContext: this.#context }),
      });
      if (!socket) return reject(new Error('no socket'));
      const done = (settle: () => void): void => {
        clearTimeout(timer);
        options.until?.removeEventListener('abort', stop);
        socket.off('secureConnect', opened).off('error', failed).off('close', closed);
        settle();
      };
      const failed = (error: Error): void =>
        done(() => {
          socket.destroy();
          line?.destroy();
          reject(error);
        });
      const closed = (): void => failed(new Error('The connection was closed'));
      const stop = (): void => failed(new Error('The operation was aborted'));
      const opened = (): void => done(() => resolve(socket));
      const timer = setTimeout(
        () => failed(new Error(`No connection within ${this.#limit / 1000} s`)),
        this.#limit,
      );
      socket.on('secureConnect', opened).on('error', failed).on('close', closed);
      if (options.until?.aborted === true) stop();
      else options.until?.addEventListener('abort', stop, { once: true });
    });
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

function isOfUnknownAuthority(error: unknown): boolean {
  const reason =
    error instanceof ProxyError ? error.reason : error instanceof ConnectError ? error.cause : null;
  return reason instanceof Error && 'code' in reason && UNKNOWN_AUTHORITY.has(String(reason.code));
}
