import type { Codec } from './codec.ts';
import type { PageChannel } from './page-channel.ts';
import type { Down, PageConfig, PermissionDetails, Up } from './wire.ts';

type Listener = (event: object, ...args: unknown[]) => void;

/** The preload's `ipcRenderer`, as far as the app uses it. */
export interface IpcRenderer {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  send(channel: string, ...args: unknown[]): void;
  postMessage(channel: string, message: unknown, transfer?: MessagePort[]): void;
  on(channel: string, listener: Listener): IpcRenderer;
  once(channel: string, listener: Listener): IpcRenderer;
  off(channel: string, listener: Listener): IpcRenderer;
}

/** `ipcRenderer`, and what the stand-in's own page code asks of main. */
export interface PageIpc {
  readonly ipcRenderer: IpcRenderer;
  askPermission(permission: string, details: PermissionDetails): Promise<boolean>;
  /** Absolute paths of the files now in `receiver`'s hands; see page-files. */
  askFilePaths(): Promise<string[]>;
}

/** Opens the channel to main and speaks `wire.ts` over it. Self-contained: its own text runs in the page. */
export function createPageIpc(
  config: PageConfig,
  codec: Codec,
  open: (config: PageConfig, onFrame: (frame: Uint8Array) => void) => PageChannel,
): PageIpc {
  const listeners = new Map<string, Listener[]>();
  const waiting = new Map<number, { channel: string; resolve(v: unknown): void; reject(e: Error): void }>();
  const ports = new Map<string, MessagePort>();
  let nextId = 0;
  const channel = open(config, (frame) => {
    const buffers: ArrayBuffer[] = [];
    // Both ends of the channel are the stand-in's own.
    receive(codec.decode(frame, buffers) as Down, buffers);
  });
  const post = (message: Up): void => channel.post(codec.encode(message));

  function wirePort(id: string, port: MessagePort): void {
    ports.set(id, port);
    port.addEventListener('message', (event) => post({ op: 'port', id, data: event.data }));
    port.addEventListener('close', () => {
      if (ports.delete(id)) post({ op: 'portclose', id });
    });
    port.start();
  }

  function receive(message: Down, buffers: ArrayBuffer[]): void {
    switch (message.op) {
      case 'reply': {
        const call = waiting.get(message.id);
        waiting.delete(message.id);
        if (message.ok) call?.resolve(message.value);
        else {
          call?.reject(new Error(`Error invoking remote method '${call.channel}': ${String(message.value)}`));
        }
        break;
      }
      case 'send': {
        const near = message.ports.map((id) => {
          const { port1, port2 } = new MessageChannel();
          wirePort(id, port1);
          return port2;
        });
        for (const listener of listeners.get(message.channel) ?? []) {
          listener({ sender: ipcRenderer, senderId: 0, ports: near }, ...message.args);
        }
        break;
      }
      case 'port':
        // The decoded value is ours alone, so its bytes move instead of being copied once more.
        ports.get(message.id)?.postMessage(message.data, buffers);
        break;
      case 'portclose':
        ports.get(message.id)?.close();
        ports.delete(message.id);
        break;
    }
  }

  function ask(channelName: string, message: (id: number) => Up): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = ++nextId;
      const up = message(id);
      waiting.set(id, { channel: channelName, resolve, reject });
      try {
        post(up);
      } catch (error) {
        waiting.delete(id);
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
  }

  const ipcRenderer: IpcRenderer = {
    invoke: (name, ...args) => ask(name, (id) => ({ op: 'invoke', id, channel: name, args })),
    send: (name, ...args) => post({ op: 'send', channel: name, args }),
    postMessage(name, message, transfer = []) {
      const ids = transfer.map((port) => {
        const id = `page${++nextId}`;
        wirePort(id, port);
        return id;
      });
      post({ op: 'postMessage', channel: name, message, ports: ids });
    },
    on(name, listener) {
      listeners.set(name, [...(listeners.get(name) ?? []), listener]);
      return ipcRenderer;
    },
    once(name, listener) {
      const wrapped: Listener = (...args) => {
        ipcRenderer.off(name, wrapped);
        listener(...args);
      };
      return ipcRenderer.on(name, wrapped);
    },
    off(name, listener) {
      listeners.set(
        name,
        (listeners.get(name) ?? []).filter((known) => known !== listener),
      );
      return ipcRenderer;
    },
  };
  return {
    ipcRenderer,
    askPermission: async (permission, details) =>
      (await ask('permission', (id) => ({ op: 'permission', id, permission, details }))) === true,
    askFilePaths: async () => {
      const paths = await ask('files', (id) => ({ op: 'files', id }));
      return Array.isArray(paths) ? paths.map(String) : [];
    },
  };
}
