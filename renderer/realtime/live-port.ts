import { LIVE_PORT } from '../../shared/ipc/channels.ts';

/** As much of a window as this needs. */
export interface PortPage {
  readonly origin: string;
  addEventListener(type: 'message', listener: (event: PortMessage) => void): void;
}

interface PortMessage {
  readonly source: unknown;
  readonly origin: string;
  readonly data: unknown;
  readonly ports: readonly MessagePort[];
}

/** A session that is being opened, until its port is here or it is given up. */
export interface PortClaim {
  /** Main has named the session: its port goes to `take`, at once where it came before. */
  readonly named: (session: number, take: (port: MessagePort) => void) => void;
  /** The port is not wanted any more, or there is none; one that still comes is closed. */
  readonly giveUp: () => void;
}

/**
 * Hands each session's port to whoever opened it. The port and the answer that names its session come on two ways, so
 * either may be first. One listener for the life of the page; a port that nobody waits for is closed at once.
 */
export class LivePorts {
  /** Claims whose session is not named yet. */
  readonly #unnamed = new Set<symbol>();
  /** Ports that came before their session was named. */
  readonly #early = new Map<number, MessagePort>();
  readonly #expected = new Map<number, (port: MessagePort) => void>();

  constructor(page: PortPage) {
    page.addEventListener('message', (event) => {
      // Only the preload, in this very window, hands ports over.
      if (event.source !== page || event.origin !== page.origin) return;
      const session = sessionOf(event.data);
      const [port] = event.ports;
      if (session !== null && port !== undefined) this.#arrived(session, port);
    });
  }

  claim(): PortClaim {
    const claim = Symbol('claim');
    let session: number | null = null;
    this.#unnamed.add(claim);
    return {
      named: (name, take) => {
        if (!this.#unnamed.delete(claim)) return;
        session = name;
        const port = this.#early.get(name);
        this.#early.delete(name);
        if (port === undefined) this.#expected.set(name, take);
        else take(port);
        this.#closeUnclaimed();
      },
      giveUp: () => {
        this.#unnamed.delete(claim);
        if (session !== null) this.#expected.delete(session);
        this.#closeUnclaimed();
      },
    };
  }

  #arrived(session: number, port: MessagePort): void {
    const take = this.#expected.get(session);
    this.#expected.delete(session);
    if (take !== undefined) take(port);
    else if (this.#unnamed.size > 0) this.#early.set(session, port);
    else port.close();
  }

  #closeUnclaimed(): void {
    if (this.#unnamed.size > 0) return;
    for (const port of this.#early.values()) port.close();
    this.#early.clear();
  }
}

function sessionOf(data: unknown): number | null {
  if (typeof data !== 'object' || data === null) return null;
  if (!('type' in data) || data.type !== LIVE_PORT || !('session' in data)) return null;
  return typeof data.session === 'number' ? data.session : null;
}
