import * as z from 'zod';
import type { Fetch } from './transport/fetch.ts';

/** The bases a client talks to, each standing for fal's host of that use (fal-protocol §1.1). */
export interface FalHosts {
  readonly queue: string;
  readonly run: string;
  readonly ws: string;
  readonly rest: string;
  readonly api: string;
  readonly cdn: string;
  readonly site: string;
}

export const FAL_HOSTS: FalHosts = {
  queue: 'https://queue.fal.run',
  run: 'https://fal.run',
  ws: 'wss://fal.run',
  rest: 'https://rest.fal.ai',
  api: 'https://api.fal.ai',
  cdn: 'https://v3.fal.media',
  site: 'https://fal.ai',
};

/** True for https addresses on a host that is exactly fal's, or has a dot before its name (fal-protocol §1.3). */
export function isFals(url: URL): boolean {
  return (
    (url.protocol === 'https:' || url.protocol === 'wss:') &&
    url.port === '' &&
    ['fal.run', 'fal.ai'].some((name) => url.hostname === name || url.hostname.endsWith(`.${name}`))
  );
}

/** True for addresses that never leave this computer. */
export function isLoopback(url: URL): boolean {
  return url.hostname === '127.0.0.1' || url.hostname === 'localhost' || url.hostname === '[::1]';
}

const loopbackBase = z.string().transform((text, context) => {
  const url = URL.parse(text);
  if (url === null || !isLoopback(url) || !['http:', 'ws:'].includes(url.protocol)) {
    context.addIssue('not a loopback address');
    return z.NEVER;
  }
  return text.replace(/\/+$/, '');
});

/** What a fal-compatible server on this computer says of its bases. Anything but loopback is refused: the key would follow. */
export const localHostsSchema: z.ZodType<FalHosts> = z.object({
  queue: loopbackBase,
  run: loopbackBase,
  ws: loopbackBase,
  rest: loopbackBase,
  api: loopbackBase,
  cdn: loopbackBase,
  site: loopbackBase,
});

/** Asks a fal-compatible server on this computer for its bases: GET `url` answers them as JSON. */
export async function readLocalHosts(url: string, fetch: Fetch): Promise<FalHosts | null> {
  const address = URL.parse(url);
  if (address === null || address.protocol !== 'http:' || !isLoopback(address)) return null;
  try {
    const response = await fetch(address.href, { redirect: 'error', signal: AbortSignal.timeout(5000) });
    const parsed = localHostsSchema.safeParse(await response.json());
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
