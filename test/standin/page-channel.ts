import type { PageConfig } from './wire.ts';

/** The page's end of the channel to main: whole frames of bytes, in order, both ways. */
export interface PageChannel {
  post(frame: Uint8Array<ArrayBuffer>): void;
}

/**
 * Frames come down one endless HTTP response (into Chromium that is several times faster than WebSocket messages)
 * and go up a WebSocket. Both are on the page's own origin, so its `connect-src 'self'` covers them; tokens travel
 * in headers, because URLs show up in the page's performance timeline. A page from another server (a dev server)
 * has a Content-Security-Policy that knows nothing of us: there a DevTools binding carries the frames.
 * The function is self-contained: its own text runs in the page.
 */
export function openChannel(config: PageConfig, onFrame: (frame: Uint8Array) => void): PageChannel {
  const doc = crypto.randomUUID();
  return location.host.endsWith(`.localhost:${config.port}`) ? overHttp() : overDevTools();

  function overHttp(): PageChannel {
    let early: Uint8Array<ArrayBuffer>[] | undefined = [];
    const socket = new WebSocket(`ws://${location.host}/__standin__/ipc?doc=${doc}`, [config.ipcToken]);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      for (const frame of early ?? []) socket.send(frame);
      early = undefined;
    });
    void receive();
    return {
      post: (frame) => {
        if (early) early.push(frame);
        else socket.send(frame);
      },
    };
  }

  /** Each frame is preceded by its length: u32, little-endian. */
  async function receive(): Promise<void> {
    const response = await fetch(`${location.origin}/__standin__/down?doc=${doc}`, {
      headers: { 'x-standin-token': config.ipcToken },
      cache: 'no-store',
    });
    const reader = response.body?.getReader();
    let inHead = true;
    let wanted = new Uint8Array(4);
    let got = 0;
    for (;;) {
      const chunk = await reader?.read();
      if (!chunk?.value) return;
      for (let at = 0; at < chunk.value.length;) {
        const n = Math.min(wanted.length - got, chunk.value.length - at);
        wanted.set(chunk.value.subarray(at, at + n), got);
        got += n;
        at += n;
        if (got < wanted.length) break;
        const full = wanted;
        got = 0;
        wanted = new Uint8Array(inHead ? new DataView(full.buffer).getUint32(0, true) : 4);
        inHead = !inHead;
        if (!inHead) continue;
        onFrame(full);
        // Each message is a task of its own, as in Electron: a promise settled by a reply is heard before a later event.
        if (at < chunk.value.length) await nextTask();
      }
    }
  }

  /** Not `setTimeout`, which browsers slow down to 4 ms when it is nested. */
  function nextTask(): Promise<void> {
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.addEventListener('message', () => resolve(), { once: true });
      port1.start();
      port2.postMessage(null);
    });
  }

  function overDevTools(): PageChannel {
    const fromText = (text: string): Uint8Array => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const toText = (bytes: Uint8Array): string => {
      let text = '';
      for (let at = 0; at < bytes.length; at += 8192) {
        text += String.fromCharCode(...bytes.subarray(at, at + 8192));
      }
      return btoa(text);
    };
    Object.defineProperty(globalThis, config.receiver, { value: (text: string) => onFrame(fromText(text)) });
    const up: unknown = Reflect.get(globalThis, config.binding);
    const call = (text: string): void => {
      if (typeof up === 'function') up(text);
    };
    call(`hello:${doc}`);
    return { post: (frame) => call(toText(frame)) };
  }
}
