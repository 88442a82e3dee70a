import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { FAL_HOSTS, readLocalHosts } from '../fal/hosts.ts';
import type { FalHosts } from '../fal/hosts.ts';
import type { Fetch } from '../fal/transport/fetch.ts';
import type { DemoServer } from './demo-server.ts';

/** fal's hosts, or those of the server that stands in its place: asked each time, for it may come and go. */
export async function hostsOf(localServer: string | null, fetch: Fetch): Promise<Result<FalHosts, AppError>> {
  if (localServer === null) return ok(FAL_HOSTS);
  const hosts = await readLocalHosts(localServer, fetch);
  if (hosts !== null) return ok(hosts);
  return fail(
    appError('network', 'The local server does not answer', {
      detail: localServer,
      hint: 'Nothing was sent. Start the server, or choose another profile.',
    }),
  );
}

export async function demoHosts(demo: Pick<DemoServer, 'hosts'>): Promise<Result<FalHosts, AppError>> {
  try {
    return ok(await demo.hosts());
  } catch (error) {
    return fail(
      appError('internal', 'The demo could not start', {
        detail: error instanceof Error ? error.message : String(error),
      }),
    );
  }
}
