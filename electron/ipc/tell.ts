import type { BrowserWindow } from 'electron';
import type { EventName, EventPayload } from '../../shared/ipc/contract.ts';

/** Pushes an event to the window, if there is one that still listens. */
export type Teller = <N extends EventName>(name: N, payload: EventPayload<N>) => void;

export function createTeller(window: () => BrowserWindow | null): Teller {
  return (name, payload) => {
    const target = window();
    if (target !== null && !target.isDestroyed() && !target.webContents.isDestroyed())
      target.webContents.send(name, payload);
  };
}
