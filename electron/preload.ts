import { contextBridge, ipcRenderer } from 'electron';
import { commandNames, eventNames, LIVE_PORT } from '../shared/ipc/channels.ts';

/** One function a channel, and no way to any other: the page can say only what the contract knows. */
const commands = Object.fromEntries(
  commandNames.map((name) => [name, (request: unknown) => ipcRenderer.invoke(name, request)]),
);

const events = Object.fromEntries(
  eventNames.map((name) => [
    name,
    (listener: (payload: unknown) => void) => {
      const receive = (_event: unknown, payload: unknown): void => listener(payload);
      ipcRenderer.on(name, receive);
      return () => {
        ipcRenderer.off(name, receive);
      };
    },
  ]),
);

// A port cannot cross to the page any other way; the page takes it from its own window alone.
ipcRenderer.on(LIVE_PORT, (event, session: unknown) => {
  window.postMessage({ type: LIVE_PORT, session }, location.origin, [...event.ports]);
});

contextBridge.exposeInMainWorld('playground', { commands, events });
