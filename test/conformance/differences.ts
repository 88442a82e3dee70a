import type { Seen } from '../../electron/fal/fal.fixture.ts';

/** What a connection does for itself. */
const HOP = new Set(['host', 'connection', 'keep-alive', 'transfer-encoding', 'pragma', 'cache-control']);
/** What Node's own fetch says of itself; ours goes by node:http, for the sake of proxies. */
const OF_FETCH = new Set(['accept-language', 'sec-fetch-mode']);

/** The parts in which one request of the official client and ours are not the same. */
export function differences(theirs: Seen, ours: Seen): string[] {
  const names = new Set([...Object.keys(theirs.headers), ...Object.keys(ours.headers)]);
  const headers = [...names].filter(
    (name) => !HOP.has(name) && !OF_FETCH.has(name) && theirs.headers[name] !== ours.headers[name],
  );
  return [
    ...(theirs.method === ours.method ? [] : ['method']),
    ...(theirs.url === ours.url ? [] : ['url']),
    ...(theirs.body === ours.body ? [] : ['body']),
    ...headers.map((name) => `header ${name}`),
  ].toSorted();
}
