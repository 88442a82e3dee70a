import * as z from 'zod';
import type { EndpointId } from '../../../shared/fal/endpoint-id.ts';
import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { FalConnection } from '../connection.ts';
import { exchangeOk } from '../http.ts';

/** It goes into an address. */
const tokenText = z.string().regex(/^[\x21-\x7e]+$/);
/** A bare string, or wrapped in either of two ways (fal-protocol §7.1). */
const answerSchema = z.union([
  tokenText,
  z.object({ token: tokenText }).transform(({ token }) => token),
  z.object({ detail: tokenText }).transform(({ detail }) => detail),
]);

/**
 * A short-lived token for one app's socket, in place of the key (fal-protocol §7.1). Only the alias is named. Asking
 * costs nothing and changes nothing, so it is asked again like any read.
 */
export async function fetchToken(
  connection: FalConnection,
  endpoint: EndpointId,
  seconds: number,
  signal: AbortSignal,
): Promise<Result<string, AppError>> {
  const answer = await exchangeOk(connection, {
    method: 'POST',
    url: `${connection.hosts.rest}/tokens/`,
    body: { allowed_apps: [endpoint.alias], token_expiration: seconds },
    retry: 'never',
    signal,
  });
  if (!answer.ok) return answer;
  const token = answerSchema.safeParse(answer.value.body);
  return token.success
    ? ok(token.data)
    : fail(appError('protocol', 'fal’s answer held no token', { hint: 'Try again in a moment.' }));
}
