import { Agent } from 'node:http';
import { Agent as SecureAgent } from 'node:https';
import { getCACertificates } from 'node:tls';
import type { AgentFor } from '../connection.ts';
import { isLoopback } from '../hosts.ts';
import { fetchBy } from './fetch.ts';
import type { Fetch } from './fetch.ts';
import { ProxyAgent } from './proxy-agent.ts';
import type { WaysTo } from './ways.ts';

/** The one way to the network: calls by `fetch`, sockets and the bytes of uploads by the same agents. */
export interface Transport {
  readonly fetch: Fetch;
  readonly agentFor: AgentFor;
}

export interface TransportOptions {
  readonly waysTo: WaysTo;
  /** Certificates of authorities beside Node's own, in PEM; those of the system if not given. */
  readonly authorities?: () => readonly string[];
  /** Milliseconds for each step of a connection. */
  readonly limit?: number;
}

/**
 * Connections stay open for another call for a few seconds and no longer: one that the server closes at the moment it is
 * used again takes a request along of which nobody knows what became.
 */
const KEPT = { keepAlive: true, timeout: 5_000 };

/** This computer's own addresses are reached straight, whatever the system says; only they are spoken to without TLS. */
export function createTransport({
  waysTo,
  authorities = systemAuthorities,
  limit,
}: TransportOptions): Transport {
  const plain = new Agent(KEPT);
  const own = new SecureAgent(KEPT);
  const proxied = new ProxyAgent({ waysTo, authorities, ...(limit === undefined ? {} : { limit }) }, KEPT);
  const agentFor: AgentFor = (url) => {
    if (url.protocol !== 'https:' && url.protocol !== 'wss:') return plain;
    return isLoopback(url) ? own : proxied;
  };
  return { agentFor, fetch: fetchBy(agentFor) };
}

/** Those Node brings and those of the system: a company's own proxy is signed by an authority that only the system knows. */
function systemAuthorities(): readonly string[] {
  return [...new Set([...getCACertificates('default'), ...getCACertificates('system')])];
}
