const FAL = 'wss://fal.run/';

/**
 * The official client knows one host alone and opens it with whatever `WebSocket` is global, so that is one which goes to
 * `base` instead.
 */
export function officialSocket(base: string): void {
  globalThis.WebSocket = class extends globalThis.WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(String(url).replace(FAL, `${base}/`), protocols);
    }
  };
}
