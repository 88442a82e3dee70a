import * as z from 'zod';

/** One entry of a 422 `detail` list (fal-protocol §10.1). `loc` starts with "body". */
export const fieldErrorSchema = z.object({
  loc: z.array(z.union([z.string(), z.number()])),
  msg: z.string(),
  type: z.string(),
});
export type FieldError = z.infer<typeof fieldErrorSchema>;

/**
 * - `auth`         401 or 403: the key is missing, wrong or not allowed to do this
 * - `validation`   422: the input does not fit; `fields` says where
 * - `model`        the model ran and failed (fal-protocol §10.2)
 * - `request`      fal could not run the request (fal-protocol §10.3)
 * - `busy`         429 or 503: not taken, may be sent again
 * - `not_found`    the endpoint or the request is not known
 * - `network`      fal could not be reached; nothing was sent
 * - `timeout`      a limit of ours or the request's passed
 * - `cancelled`    stopped by the person
 * - `unconfirmed`  sent, but the answer was lost: fal may be running it
 * - `lost`         fal no longer knows the request, or its answer was cut off after it had begun
 * - `protocol`     fal's answer cannot be read
 * - `storage`      this computer's disk refused
 * - `input`        refused here, before anything was sent
 * - `limit`        not sent: it would pass a limit the person set for spending
 * - `internal`     a bug of ours
 */
export const errorKinds = [
  'auth',
  'validation',
  'model',
  'request',
  'busy',
  'not_found',
  'network',
  'timeout',
  'cancelled',
  'unconfirmed',
  'lost',
  'protocol',
  'storage',
  'input',
  'limit',
  'internal',
] as const;
export type ErrorKind = (typeof errorKinds)[number];

/** A failure as a person reads it: what happened, in whose words, and what to do. */
export const appErrorSchema = z.object({
  kind: z.enum(errorKinds),
  /** One short sentence without a full stop. */
  title: z.string(),
  /** The server's own words where it gave any. */
  detail: z.string(),
  /** What was kept and what can be done. */
  hint: z.string(),
  requestId: z.string().nullable(),
  fields: z.array(fieldErrorSchema),
});
export type AppError = z.infer<typeof appErrorSchema>;

export function appError(
  kind: ErrorKind,
  title: string,
  rest: Partial<Pick<AppError, 'detail' | 'hint' | 'requestId' | 'fields'>> = {},
): AppError {
  return { kind, title, detail: '', hint: '', requestId: null, fields: [], ...rest };
}
