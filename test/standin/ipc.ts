import { EventEmitter } from 'node:events';
import type Electron from 'electron';

type Handler = (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown;

const handlers = new Map<string, (event: object, args: unknown[]) => unknown>();

// `on` and `off` are EventEmitter's: Electron's return its whole IpcMain, which nothing smaller satisfies.
class IpcMain extends EventEmitter {
  handle(channel: string, listener: (event: never, ...args: never[]) => unknown): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, (event, args) => Reflect.apply(listener, undefined, [event, ...args]));
  }

  removeHandler(channel: string): void {
    handlers.delete(channel);
  }
}

/** Electron's `ipcMain`. */
export const ipcMain = new IpcMain();
ipcMain satisfies Pick<Electron.IpcMain, 'removeHandler'>;
ipcMain.handle satisfies (channel: string, listener: Handler) => void;

/** Calls the handler of an invoke. Rejects with Electron's text when there is none. */
export async function callHandler(channel: string, event: object, args: unknown[]): Promise<unknown> {
  const handler = handlers.get(channel);
  if (!handler) throw new Error(`No handler registered for '${channel}'`);
  return handler(event, args);
}
