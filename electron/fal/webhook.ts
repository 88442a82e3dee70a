import { createHash, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { assertNever, fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** What came to a webhook's address: names of headers in any case, and the body's very bytes, never written anew. */
export interface Delivery {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** A delivery that fal signed, and not too long ago. Be idempotent on the request id: fal sends until it is heard. */
export interface Genuine {
  readonly requestId: string;
  readonly userId: string;
  /** By fal's clock, in milliseconds since 1970. */
  readonly sentAt: number;
}

/** The four that a signature needs (fal-protocol §11). */
const HEADERS = {
  requestId: 'x-fal-webhook-request-id',
  userId: 'x-fal-webhook-user-id',
  timestamp: 'x-fal-webhook-timestamp',
  signature: 'x-fal-webhook-signature',
} as const;

/**
 * Why a delivery is not to be believed.
 * - `header-missing`  one of the four is absent or empty
 * - `time-unreadable` the timestamp is no number of seconds
 * - `time-off`        sent too long before now, or too long after it; `seconds` is above 0 where it was before
 * - `not-hex`         the signature is not 64 bytes in hexadecimal
 * - `no-key-fits`     none of fal's keys made this signature for these headers and this body
 */
export type WebhookFault =
  | { readonly reason: 'header-missing'; readonly header: string }
  | { readonly reason: 'time-unreadable'; readonly text: string }
  | { readonly reason: 'time-off'; readonly seconds: number }
  | { readonly reason: 'not-hex' }
  | { readonly reason: 'no-key-fits'; readonly keys: number };

/** Seconds by which a delivery's time may differ from ours, either way (fal-protocol §11). */
const MOST_SECONDS_OFF = 300;

/** Ed25519: 64 bytes. */
const SIGNATURE = /^[0-9a-f]{128}$/i;

/** Whether fal sent this (fal-protocol §11). `now` in milliseconds since 1970. */
export function checkWebhook(
  { headers, body }: Delivery,
  keys: readonly KeyObject[],
  now: number,
): Result<Genuine, WebhookFault> {
  const given = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  const told = { requestId: '', userId: '', timestamp: '', signature: '' };
  for (const [part, header] of [
    ['requestId', HEADERS.requestId],
    ['userId', HEADERS.userId],
    ['timestamp', HEADERS.timestamp],
    ['signature', HEADERS.signature],
  ] as const) {
    const value = given.get(header) ?? '';
    if (value === '') return fail({ reason: 'header-missing', header });
    told[part] = value;
  }
  const { requestId, userId, timestamp, signature } = told;
  if (!/^\d{1,12}$/.test(timestamp)) return fail({ reason: 'time-unreadable', text: timestamp });
  const sentAt = Number(timestamp) * 1000;
  const seconds = (now - sentAt) / 1000;
  if (Math.abs(seconds) > MOST_SECONDS_OFF) return fail({ reason: 'time-off', seconds });
  if (!SIGNATURE.test(signature)) return fail({ reason: 'not-hex' });
  const hash = createHash('sha256').update(body).digest('hex');
  const message = Buffer.from([requestId, userId, timestamp, hash].join('\n'), 'utf8');
  const bytes = Buffer.from(signature, 'hex');
  return keys.some((key) => verify(null, message, key, bytes))
    ? ok({ requestId, userId, sentAt })
    : fail({ reason: 'no-key-fits', keys: keys.length });
}

const jwksSchema = z.object({ keys: z.array(z.unknown()) });
const keySchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
});

/** The keys of a JWKS that a webhook can be signed with; others in it are passed over. Null for what is no JWKS. */
export function keysOf(jwks: unknown): readonly KeyObject[] | null {
  const parsed = jwksSchema.safeParse(jwks);
  if (!parsed.success) return null;
  return parsed.data.keys.flatMap((entry) => {
    const key = keySchema.safeParse(entry);
    return key.success ? [createPublicKey({ key: key.data, format: 'jwk' })] : [];
  });
}

/** By the number of keys. */
const KEYS_SAY = [
  'fal names no key that could have made it',
  'fal’s one key did not make it',
  'None of fal’s keys made it',
];

/** A fault in words for a person. */
export function webhookError(fault: WebhookFault): AppError {
  switch (fault.reason) {
    case 'header-missing':
      return appError('input', 'The delivery lacks a header', {
        detail: `${fault.header} is not there.`,
        hint: 'fal signs every delivery with four headers; without them nothing says that it came from fal.',
      });
    case 'time-unreadable':
      return appError('input', 'The delivery’s time cannot be read', {
        detail: `${HEADERS.timestamp}: ${fault.text.slice(0, 100)}`,
        hint: 'It is a whole number of seconds since 1970.',
      });
    case 'time-off':
      return timeOff(fault.seconds);
    case 'not-hex':
      return appError('input', 'The delivery’s signature cannot be read', {
        detail: `${HEADERS.signature} is not 64 bytes in hexadecimal.`,
        hint: 'Do not trust this delivery.',
      });
    case 'no-key-fits':
      return appError('input', 'The signature is not fal’s', {
        detail: `${KEYS_SAY[Math.min(fault.keys, 2)]} for these headers and this body.`,
        hint: 'Do not trust this delivery. A body that was parsed and written anew no longer fits either: the bytes must be as they came.',
      });
    default:
      return assertNever(fault);
  }
}

const HOUR = 3600;

function timeOff(seconds: number): AppError {
  const [side, other] = seconds > 0 ? ['before', 'replayed'] : ['after', 'made up'];
  const hours = Math.round(Math.abs(seconds) / HOUR);
  // What is off by whole hours, within what is allowed, was most likely sent just now.
  const byHours = hours > 0 && hours <= 14 && Math.abs(Math.abs(seconds) - hours * HOUR) <= MOST_SECONDS_OFF;
  return appError('input', 'The delivery is not of this moment', {
    detail: `It says that it was sent ${inWords(Math.abs(seconds))} ${side} now, by this computer’s clock; ${MOST_SECONDS_OFF / 60} minutes are allowed.`,
    hint: byHours
      ? `A clock that is wrong by ${hours === 1 ? 'an hour' : `${hours} hours`} looks like this: check this computer’s. If the clock is right, the delivery is old or ${other}.`
      : `The delivery is old or ${other}, or this computer’s clock is wrong.`,
  });
}

function inWords(seconds: number): string {
  const [days, hours] = [Math.floor(seconds / 86_400), Math.floor((seconds % 86_400) / HOUR)];
  const minutes = days > 0 ? 0 : Math.floor((seconds % HOUR) / 60);
  const parts = [[days, 'day'] as const, [hours, 'hour'] as const, [minutes, 'minute'] as const];
  return parts
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}${n === 1 ? '' : 's'}`)
    .join(' ');
}
