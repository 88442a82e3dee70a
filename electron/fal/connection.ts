import type { Agent } from 'node:http';
import type { Clock } from './clock.ts';
import { FAL_HOSTS, isFals } from './hosts.ts';
import type { FalHosts } from './hosts.ts';
import type { Fetch } from './transport/fetch.ts';

/** Waits between tries, in milliseconds: `base * 2^n`, at most `cap`, a quarter more or less by chance. */
export interface Backoff {
  readonly tries: number;
  readonly base: number;
  readonly cap: number;
}

export type AgentFor = (url: URL) => Agent | undefined;

/** What a client needs of its owner: where fal is, the key at this moment, and a way to the network. */
export interface FalConnection {
  readonly hosts: FalHosts;
  /** Asked anew for every request, so that a key can be changed at any time; null when there is none. */
  readonly credentials: () => string | null;
  readonly fetch: Fetch;
  /**
   * The way to an address for what does not go by `fetch`: calls whose answer may take long, sockets, the bytes of
   * uploads. For proxies and certificates of one's own; Node's own way where it is absent or gives none. Both come from
   * one `Transport`.
   */
  readonly agentFor?: AgentFor;
  readonly backoff: Backoff;
  /** Milliseconds between two polls of a status where it is not pushed (fal-protocol §4.6). */
  readonly pollInterval: number;
  readonly userAgent: string;
  /** The system's where it is absent. */
  readonly clock?: Clock;
}

export const DEFAULT_BACKOFF: Backoff = { tries: 4, base: 500, cap: 15_000 };
export const DEFAULT_POLL_INTERVAL = 500;

const FAL_SITE = new URL(FAL_HOSTS.site).hostname;

/** A host under one of fal's two names; the website is not among them. */
const isUnderFal = (url: URL): boolean =>
  url.protocol === 'https:' && url.username === '' && isFals(url) && url.hostname !== FAL_SITE;

/** The key travels to the profile's own hosts and nowhere else; uploads and results get none (fal-protocol §1.2). */
export function mayCarryKey(hosts: FalHosts, url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null) return false;
  const address = parsed.href;
  if (hosts.run === FAL_HOSTS.run && isUnderFal(parsed)) return true;
  return [hosts.queue, hosts.run, hosts.rest, hosts.api].some((base) => {
    // Compared as normalised addresses with the slash after the base: a local server's hosts are folders of one origin.
    const own = URL.parse(`${base}/`)?.href;
    return own !== undefined && address.startsWith(own);
  });
}
