// Loaded before a snippet: fal's hosts, as the official client names them, are those of a server on this computer.
const hosts = JSON.parse(process.env.HOSTS);
const { fetch } = globalThis;
globalThis.fetch = (input, init) => {
  const url = typeof input === 'string' ? input : (input.url ?? input.href);
  const found = hosts.find(([theirs]) => url.startsWith(theirs));
  return fetch(found === undefined ? input : found[1] + url.slice(found[0].length), init);
};
const { WebSocket } = globalThis;
globalThis.WebSocket = class extends WebSocket {
  constructor(url, protocols) {
    const found = hosts.find(([theirs]) => url.startsWith(theirs));
    super(found === undefined ? url : found[1] + url.slice(found[0].length), protocols);
  }
};
