import { createFalClient } from '@fal-ai/client';
import type { FalClient } from '@fal-ai/client';
import { FAL_HOSTS } from '../../electron/fal/hosts.ts';
import type { FalHosts } from '../../electron/fal/hosts.ts';

/** The official client, which knows fal's own hosts alone, sent to a server of ours. */
export function officialClient(hosts: FalHosts): FalClient {
  return createFalClient({
    credentials: 'demo:demo',
    fetch: (input, init) => fetch(at(hosts, addressOf(input)), init),
  });
}

function at(hosts: FalHosts, url: string): string {
  for (const name of ['queue', 'run', 'rest'] as const)
    if (url.startsWith(`${FAL_HOSTS[name]}/`)) return `${hosts[name]}${url.slice(FAL_HOSTS[name].length)}`;
  return url;
}

const addressOf = (input: string | URL | Request): string =>
  typeof input === 'string' ? input : input instanceof URL ? input.href : input.url;
