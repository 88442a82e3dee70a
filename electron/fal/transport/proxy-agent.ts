import { Agent } from 'node:https';
import type { AgentOptions, RequestOptions } from 'node:https';
import { Duplex } from 'node:stream';
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
  /** Milliseconds for each step: to the proxy, through it, the handshake with the host. */
  readonly limit?: number;
}

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
    options: RequestOptions,
    callback?: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    void this.#connect(options).then(
      (socket) => callback?.(null, socket),
      // The types want a stream in any case; beside an error nobody looks at it.
      (error: unknown) => callback?.(asError(error), new Duplex()),
    );
  }

  async #connect(options: RequestOptions): Promise<Duplex> {
    const target = { host: options.host ?? 'localhost', port: Number(options.port ?? 443) };
    const authority = target.host.includes(':') ? `[${target.host}]` : target.host;
    // Without an answer of the system's there is one way left.
    const ways = await this.#waysTo(new URL(`https://${authority}:${target.port}`)).catch(() => [DIRECT]);
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

  #inOrder(ways: readonly Way[]): readonly Way[] {
    const isShunned = (way: Way): boolean =>
      way.kind !== 'direct' && (this.#shunned.get(nameOf(way)) ?? 0) > Date.now();
    return [...ways.filter((way) => !isShunned(way)), ...ways.filter(isShunned)];
  }

  async #by(way: Way, options: RequestOptions, target: { host: string; port: number }): Promise<Duplex> {
    const line = (): Promise<Duplex | null> =>
      way.kind === 'direct' ? Promise.resolve(null) : tunnel(way, target, this.#limit);
    const first = await line();
    try {
      return await this.#secured(options, first);
    } catch (error) {
      if (!isOfUnknownAuthority(error) || this.#context !== undefined) throw new ConnectError(asError(error));
      this.#context = createSecureContext({ ca: [...this.#authorities()] });
    }
    const second = await line();
    return this.#secured(options, second).catch((error: unknown) => {
      throw new ConnectError(asError(error));
    });
  }

  /** The handshake with the host, over the line or, without one, straight. */
  #secured(options: RequestOptions, line: Duplex | null): Promise<Duplex> {
    return new Promise((resolve, reject) => {
      const socket = super.createConnection({
        ...options,
        ...(line === null ? {} : { socket: line }),
        ...(this.#context === undefined ? {} : { secureContext: this.#context }),
      });
      if (!socket) return reject(new Error('no socket'));
      const done = (settle: () => void): void => {
        clearTimeout(timer);
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
      const opened = (): void => done(() => resolve(socket));
      const timer = setTimeout(
        () => failed(new Error(`No connection within ${this.#limit / 1000} s`)),
        this.#limit,
      );
      socket.on('secureConnect', opened).on('error', failed).on('close', closed);
    });
  }
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));

const isOfUnknownAuthority = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && UNKNOWN_AUTHORITY.has(String(error.code));
