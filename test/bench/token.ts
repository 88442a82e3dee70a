import * as z from 'zod';
import type { FalHosts } from '../../electron/fal/hosts.ts';
import { KEY } from './server.ts';

const tokenSchema = z.string().min(1);

/** A token for one app's socket, asked for by hand: the official client's own way there has a fixed host. */
export async function tokenFrom(hosts: Pick<FalHosts, 'rest'>, endpointId: string): Promise<string> {
  const [, alias] = endpointId.split('/');
  const response = await fetch(`${hosts.rest}/tokens/`, {
    method: 'POST',
    headers: { authorization: `Key ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ allowed_apps: [alias], token_expiration: 120 }),
  });
  return tokenSchema.parse(await response.json());
}
