import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { FalConnection } from './connection.ts';
import { failureOf } from './failures.ts';
import { exchange } from './http.ts';

/** A read that costs nothing and answers only to a key (fal-protocol §12.2). */
const CHEAP_READ = '/v1/models/pricing?endpoint_id=fal-ai/flux/schnell';

/**
 * Shows the connection's key to fal. A refusal comes in fal's own words; `untested` when nobody was reached who could
 * judge it: no network, or a gateway that failed before the key was looked at.
 */
export async function testKey(
  connection: FalConnection,
  signal: AbortSignal,
): Promise<Result<'accepted' | 'untested', AppError>> {
  const url = `${connection.hosts.api}${CHEAP_READ}`;
  const answer = await exchange(connection, { method: 'GET', url, retry: 'never', signal });
  if (!answer.ok || answer.value.status >= 500) return ok('untested');
  const { status } = answer.value;
  return status === 401 || status === 403
    ? fail({ ...failureOf(answer.value), hint: 'Nothing was stored. Copy the key again and add it anew.' })
    : ok('accepted');
}
