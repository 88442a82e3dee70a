import type { CdpConnection, CdpSession } from './cdp.ts';
import type { Protocol } from './protocol.ts';

/** A page that Chromium has opened and that waits, before its first request, to be told to go on. */
export interface Target {
  readonly id: string;
  readonly session: CdpSession;
  readonly info: Protocol.Target.TargetInfo;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const REQUEST_LIMIT_MS = 1000;

/** A page that has not been let go on, and its first request once that is there. */
class Held {
  readonly session: CdpSession;
  requestId: string | undefined;
  readonly #arrived = Promise.withResolvers<string | undefined>();

  constructor(session: CdpSession) {
    this.session = session;
  }

  /** The first request; undefined for a page that asks for nothing (`about:blank`). */
  get requested(): Promise<string | undefined> {
    setTimeout(() => this.#arrived.resolve(undefined), REQUEST_LIMIT_MS).unref();
    return this.#arrived.promise;
  }

  arrive(requestId: string): void {
    this.requestId = requestId;
    this.#arrived.resolve(requestId);
  }
}

/**
 * Every page of the browser: those the app asked for, and those that opened by themselves (`window.open`,
 * `target=_blank`, a middle click). All of them stop before their first request until `resume` is called.
 */
export class Targets {
  /** A page the app did not ask for. */
  onForeign: (target: Target) => void = () => {};
  /** A page has gone, for whatever reason. */
  onGone: (targetId: string) => void = () => {};

  readonly #cdp: CdpConnection;
  readonly #openAppWindow: ((url: string) => void) | undefined;
  readonly #sessions = new Map<string, string>();
  /** Attached while a `Target.createTarget` was still unanswered, so not yet known whose they are. */
  readonly #unclaimed = new Map<string, Target>();
  readonly #claims: ((target: Target) => void)[] = [];
  /**
   * Pages not yet let go on. A tab opened by a click (control, middle button) does not wait at its start as it
   * should, so the first request is held as well.
   */
  readonly #held = new Map<string, Held>();
  #opening = 0;

  constructor(cdp: CdpConnection, openAppWindow: ((url: string) => void) | undefined) {
    this.#cdp = cdp;
    this.#openAppWindow = openAppWindow;
  }

  async start(): Promise<void> {
    const { root } = this.#cdp;
    root.on('Target.attachedToTarget', (event) => this.#attached(event));
    root.on('Target.detachedFromTarget', ({ sessionId }) => this.#detached(sessionId));
    root.on('Fetch.requestPaused', ({ requestId, frameId }) => {
      const held = this.#held.get(frameId);
      if (held) held.arrive(requestId);
      else void root.try('Fetch.continueRequest', { requestId });
    });
    await Promise.all([
      root.send('Fetch.enable', {
        patterns: [{ urlPattern: '*', resourceType: 'Document', requestStage: 'Request' }],
      }),
      root.send('Target.setAutoAttach', {
        autoAttach: true,
        waitForDebuggerOnStart: true,
        flatten: true,
        filter: [{ type: 'page' }, { exclude: true }],
      }),
    ]);
  }

  /** Opens a page at `url` (as Chromium knows it) in a window of its own. */
  async open(url: string, size: Size): Promise<Target> {
    const openAppWindow = this.#openAppWindow;
    if (openAppWindow) {
      return new Promise((resolve) => {
        this.#claims.push(resolve);
        openAppWindow(url);
      });
    }
    this.#opening++;
    try {
      const { targetId } = await this.#cdp.root.send('Target.createTarget', {
        url,
        newWindow: true,
        ...size,
      });
      const target = this.#unclaimed.get(targetId);
      if (!target) throw new Error('Chromium opened a page without attaching to it');
      this.#unclaimed.delete(targetId);
      return target;
    } finally {
      this.#opening--;
      if (this.#opening === 0) this.#disown();
    }
  }

  /** Lets a page go on. */
  async resume(target: Target): Promise<void> {
    const requestId = this.#held.get(target.id)?.requestId;
    this.#held.delete(target.id);
    if (requestId !== undefined) await this.#cdp.root.try('Fetch.continueRequest', { requestId });
    await target.session.try('Runtime.runIfWaitingForDebugger');
  }

  /** Closes a page. One that has not been let go on loads nothing on the way. */
  async close(targetId: string): Promise<void> {
    const { root } = this.#cdp;
    const held = this.#held.get(targetId);
    if (held) {
      // `window.open` returns to its page only when the new one goes on; closed before that, the page hangs for ever.
      // The answer may never come: a page that changes process listens again only after its request.
      void held.session.try('Runtime.runIfWaitingForDebugger');
      const requestId = held.requestId ?? (await held.requested);
      if (requestId !== undefined) await root.try('Fetch.failRequest', { requestId, errorReason: 'Aborted' });
    }
    await root.try('Target.closeTarget', { targetId });
  }

  #attached(event: Protocol.Target.attachedToTargetPayload): void {
    const { sessionId, targetInfo } = event;
    this.#sessions.set(sessionId, targetInfo.targetId);
    const target: Target = {
      id: targetInfo.targetId,
      session: this.#cdp.session(sessionId),
      info: targetInfo,
    };
    this.#held.set(target.id, new Held(target.session));
    const claim = targetInfo.openerId === undefined ? this.#claims.shift() : undefined;
    if (claim) claim(target);
    else if (this.#opening > 0) this.#unclaimed.set(target.id, target);
    else this.onForeign(target);
  }

  #disown(): void {
    for (const target of this.#unclaimed.values()) this.onForeign(target);
    this.#unclaimed.clear();
  }

  #detached(sessionId: string): void {
    const targetId = this.#sessions.get(sessionId);
    this.#sessions.delete(sessionId);
    this.#cdp.forget(sessionId);
    if (targetId === undefined) return;
    this.#held.delete(targetId);
    this.onGone(targetId);
  }
}
