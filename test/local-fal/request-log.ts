import type { Exchange } from '../../electron/local-fal/index.ts';

export type RequestRecord = {
  readonly method: string;
  /** With the host's prefix, without the query. */
  readonly path: string;
  readonly query: string;
  /** Null while no answer has begun. */
  readonly status: number | null;
  /** True when the right key came with it. */
  readonly authorized: boolean;
  /** Whether any Authorization header came: downloads must not carry one (fal-protocol §1.2). */
  readonly authorization: Exchange['authorization'];
  /** The endpoint id, once routing found it. */
  readonly endpoint: string | null;
  /** Epoch milliseconds of arrival. */
  readonly time: number;
};

const MAX_RECORDS = 10_000;

/** Entries are made on arrival, so that whoever has an answer finds its request here at once. */
export class RequestLog {
  #entries: (() => RequestRecord)[] = [];

  add(exchange: Exchange): void {
    const time = Date.now();
    const read = (): RequestRecord => ({
      method: exchange.method,
      path: `/${exchange.host === null ? '' : `${exchange.host}/`}${exchange.path}`,
      query: exchange.query.toString(),
      status: exchange.response.headersSent ? exchange.response.statusCode : null,
      authorized: exchange.authorization === 'valid',
      authorization: exchange.authorization,
      endpoint: exchange.endpoint,
      time,
    });
    const index = this.#entries.push(read) - 1;
    const entries = this.#entries;
    exchange.response.once('close', () => {
      const record = read();
      // The exchange with its sockets need not live on.
      entries[index] = () => record;
    });
    if (this.#entries.length > MAX_RECORDS) this.#entries = this.#entries.slice(-MAX_RECORDS / 2);
  }

  list(): RequestRecord[] {
    return this.#entries.map((read) => read());
  }

  clear(): void {
    this.#entries = [];
  }
}
