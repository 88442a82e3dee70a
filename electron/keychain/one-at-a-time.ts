import { BackendError } from './backend.ts';
import type { KeyBackend } from './backend.ts';

export const CALL_LIMIT_MS = 4000;

export interface GuardedBackend extends KeyBackend {
  /** False for good once a call has passed its limit. */
  readonly answering: boolean;
  /** A call that was given up is still under way inside the backend. */
  readonly stuck: boolean;
  /** Gives the backend up as if a call had passed its limit. */
  giveUp(): void;
}

/**
 * Asks a backend strictly one call at a time, each within `limitMs` of its own start. After the first that passes it,
 * that call and every later one rejects with `no-answer`, and the backend is not called again: a native call that hangs
 * holds one of libuv's four threads for ever, and with the fourth every file read of the process stops.
 */
export function oneAtATime(backend: KeyBackend, limitMs = CALL_LIMIT_MS): GuardedBackend {
  let answering = true;
  let pending = 0;
  let last: Promise<unknown> = Promise.resolve();
  let abandon: (() => void) | null = null;

  const giveUp = (): void => {
    answering = false;
    abandon?.();
  };

  const runCall = <T>(call: () => Promise<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      abandon = () => reject(new BackendError('no-answer'));
      if (!answering) return abandon();
      pending += 1;
      const timer = setTimeout(giveUp, limitMs);
      // An answer that comes after the limit settles nothing any more.
      call()
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          pending -= 1;
        });
    });

  const inTurn = <T>(call: () => Promise<T>): Promise<T> => {
    if (!answering) return Promise.reject(new BackendError('no-answer'));
    const answer = last.then(() => runCall(call));
    last = answer.catch(() => undefined);
    return answer;
  };

  return {
    kind: backend.kind,
    get answering() {
      return answering;
    },
    get stuck() {
      return !answering && pending > 0;
    },
    giveUp,
    read: (account) => inTurn(() => backend.read(account)),
    write: (account, secret) => inTurn(() => backend.write(account, secret)),
    remove: (account) => inTurn(() => backend.remove(account)),
  };
}
