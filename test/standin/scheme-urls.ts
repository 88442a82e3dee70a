/**
 * Chromium cannot be taught a new scheme from outside, so `app://bundle/x` is served as
 * `http://bundle.app.localhost:PORT/x`: a secure context and an origin of its own, on this machine only.
 * The app never sees that form, the browser never sees the other.
 */
const HOST = /^([a-z0-9.-]+)\.([a-z][a-z0-9+-]*)\.localhost$/;

let port = 0;
const schemes = new Set<string>();

/** Port of the server behind the custom schemes; 0 before it listens. */
export function serverPort(): number {
  return port;
}

export function setServerPort(listening: number): void {
  port = listening;
}

/** Adds or removes a scheme that the app handles. */
export function setSchemeHandled(scheme: string, handled: boolean): void {
  if (handled) schemes.add(scheme);
  else schemes.delete(scheme);
}

export function isSchemeHandled(scheme: string): boolean {
  return schemes.has(scheme);
}

/** The scheme and host a request to the server is for, from its Host header. */
export function parseHost(header: string | undefined): { scheme: string; host: string } | undefined {
  const [name, at] = (header ?? '').toLowerCase().split(':');
  if (at !== String(port)) return undefined;
  const match = HOST.exec(name ?? '');
  const [, host, scheme] = match ?? [];
  return host !== undefined && scheme !== undefined && schemes.has(scheme) ? { scheme, host } : undefined;
}

/** `app://bundle/x` -> `http://bundle.app.localhost:PORT/x`; any other URL as it is. */
export function toBrowserUrl(url: string): string {
  const parsed = URL.parse(url);
  const scheme = parsed?.protocol.slice(0, -1) ?? '';
  if (!parsed || !schemes.has(scheme)) return url;
  return `http://${parsed.host}.${scheme}.localhost:${port}${parsed.pathname || '/'}${parsed.search}${parsed.hash}`;
}

/** The way back. */
export function toAppUrl(url: string): string {
  const parsed = URL.parse(url);
  const known = parsed?.protocol === 'http:' ? parseHost(parsed.host) : undefined;
  if (!parsed || !known) return url;
  return `${known.scheme}://${known.host}${parsed.pathname}${parsed.search}${parsed.hash}`;
}

/** Origin of an app URL as Chromium writes it for a standard scheme; Node's URL says "null" there. */
export function originOf(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed?.host) return parsed?.protocol === 'file:' ? 'file://' : 'null';
  return `${parsed.protocol}//${parsed.host}`;
}
