import { Channel } from './channel.ts';
import { electronEvent } from './events.ts';
import { callHandler, ipcMain } from './ipc.ts';
import { closedByPage, fromPage, MessageChannelMain, sendToPage } from './message-ports.ts';
import type { MessagePortMain } from './message-ports.ts';
import { permissions } from './permissions.ts';
import type { Up } from './wire.ts';

/** What IPC needs of the window it serves. */
interface Host {
  /** The object the app knows as `event.sender`. */
  readonly sender: { readonly mainFrame: { readonly routingId: number; readonly processId: number } };
  /** URL of the document as Chromium knows it. */
  browserUrl(): string;
  /** Makes `browserUrl` true for the document that has just opened the channel. */
  refreshUrl(): Promise<void>;
  filePaths(): Promise<string[]>;
}

/** Main's end of one window's IPC: what its preload sends goes to `ipcMain`, ports and permission questions too. */
export class IpcHost {
  readonly channel: Channel;
  readonly #host: Host;
  /** By the id the page knows them by: the ports in main whose other side is in the page. */
  readonly #ports = new Map<string, MessagePortMain>();
  #nextPort = 0;

  constructor(host: Host) {
    this.#host = host;
    this.channel = new Channel({
      opened: () => host.refreshUrl(),
      closed: () => this.#closePorts(),
      message: (message) => this.#receive(message),
    });
  }

  send(name: string, args: unknown[]): void {
    this.channel.post({ op: 'send', channel: name, args, ports: [] });
  }

  postMessage(name: string, message: unknown, transfer: readonly MessagePortMain[] = []): void {
    const ids = transfer.map(() => `main${++this.#nextPort}`);
    this.channel.post({ op: 'send', channel: name, args: [message], ports: ids });
    for (const [i, port] of transfer.entries()) this.#attach(ids[i] ?? '', port);
  }

  #attach(id: string, port: MessagePortMain): void {
    this.#ports.set(id, port);
    sendToPage(port, {
      send: (data) => {
        if (this.#ports.has(id)) this.channel.post({ op: 'port', id, data });
      },
      close: () => {
        if (this.#ports.delete(id)) this.channel.post({ op: 'portclose', id });
      },
    });
  }

  #closePorts(): void {
    const ports = [...this.#ports.values()];
    this.#ports.clear();
    for (const port of ports) closedByPage(port);
  }

  #event(ports: MessagePortMain[]): object {
    const { sender } = this.#host;
    const { mainFrame } = sender;
    const { processId, routingId } = mainFrame;
    return electronEvent({
      type: 'frame',
      sender,
      senderFrame: mainFrame,
      frameId: routingId,
      processId,
      ports,
    });
  }

  #receive(message: Up): void {
    switch (message.op) {
      case 'invoke':
        this.#answer(message.id, callHandler(message.channel, this.#event([]), message.args));
        break;
      case 'send':
        ipcMain.emit(message.channel, this.#event([]), ...message.args);
        break;
      case 'postMessage':
        ipcMain.emit(
          message.channel,
          this.#event(message.ports.map((id) => this.#accept(id))),
          message.message,
        );
        break;
      case 'port': {
        const port = this.#ports.get(message.id);
        if (port) fromPage(port, message.data);
        break;
      }
      case 'portclose': {
        const port = this.#ports.get(message.id);
        this.#ports.delete(message.id);
        if (port) closedByPage(port);
        break;
      }
      case 'permission': {
        const { sender } = this.#host;
        const url = this.#host.browserUrl();
        this.#answer(message.id, permissions.ask(sender, url, message.permission, message.details));
        break;
      }
      case 'files':
        this.#answer(message.id, this.#host.filePaths());
        break;
    }
  }

  #accept(id: string): MessagePortMain {
    const { port1, port2 } = new MessageChannelMain();
    this.#attach(id, port2);
    return port1;
  }

  /** Answers the document that asked; a later one has its own calls with the same numbers. */
  #answer(id: number, result: Promise<unknown>): void {
    const generation = this.channel.generation;
    const reply = (ok: boolean, value: unknown): void => {
      if (generation === this.channel.generation) this.channel.post({ op: 'reply', id, ok, value });
    };
    result
      .then((value) => reply(true, value))
      .catch((error: unknown) => {
        // Electron's console line: the renderer gets only the text.
        console.error('Error occurred in an IPC handler:', error);
        reply(false, String(error));
      });
  }
}
