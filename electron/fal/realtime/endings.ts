import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { parseJson } from '../../../shared/json.ts';
import { assertNever } from '../../../shared/result.ts';
import { failureOf } from '../failures.ts';
import { failureOfProxy } from '../transport/proxy-error.ts';
import type { RealtimeEvent } from './machine.ts';
import type { SocketEnd } from './socket.ts';

/** What the end of a socket means: which event it is, and in words. `refused` is about the input and not the connection. */
export interface Ending {
  readonly event: Extract<RealtimeEvent, 'ended' | 'lost' | 'unauthorized' | 'denied'>;
  readonly error: AppError | null;
  readonly refused: boolean;
}

const KEPT = 'Your input is kept.';
export const AGAIN = `${KEPT} It is sent again when the connection is back.`;

/**
 * fal's own close codes are not documented but for 1000 (fal-protocol §15.5), so these are RFC 6455's meanings. What may
 * pass by itself is tried again; what is about the input is not sent again.
 */
export function endingOf(end: SocketEnd, mostBytes: number): Ending {
  switch (end.kind) {
    case 'closed':
      return closed(end.code, end.reason);
    case 'answered':
      return answered(end.status, end.text);
    case 'unreachable':
      return lost('No connection to fal', end.detail);
    case 'proxy': {
      const error = failureOfProxy(end.error);
      // It would ask for its password the next time too.
      return end.error.fault === 'password'
        ? { event: 'denied', error, refused: false }
        : lost(error.title, error.detail);
    }
    case 'oversize':
      return {
        event: 'ended',
        refused: true,
        error: appError('protocol', `The answer was larger than ${inMiB(mostBytes)}`, {
          hint: `${KEPT} Ask for a smaller picture.`,
        }),
      };
    default:
      return assertNever(end);
  }
}

function closed(code: number, reason: string): Ending {
  const detail = reason === '' ? `Close code ${code}` : `${reason} (close code ${code})`;
  switch (code) {
    case 1000:
      return { event: 'ended', error: null, refused: false };
    case 1003:
    case 1007:
    case 1009:
      return {
        event: 'ended',
        refused: true,
        error: appError('validation', 'fal closed the connection over this input', {
          detail,
          hint: `${KEPT} Change it, and the connection opens again.`,
        }),
      };
    case 1008:
    case 4001:
    case 4401:
      return { event: 'unauthorized', error: notAllowed(detail), refused: false };
    case 4003:
    case 4403:
      return { event: 'denied', error: notAllowed(detail), refused: false };
    default:
      return lost('The connection was lost', detail);
  }
}

function answered(status: number, text: string): Ending {
  const parsed = parseJson(text);
  const body = parsed.ok ? parsed.value : text === '' ? undefined : text.slice(0, 300);
  const error = failureOf({ status, headers: new Headers(), body });
  if (status === 401) return { event: 'unauthorized', error: notAllowed(error.detail), refused: false };
  if (status === 403) return { event: 'denied', error: notAllowed(error.detail), refused: false };
  if (status === 404)
    return {
      event: 'denied',
      refused: false,
      error: appError('not_found', 'This model has no realtime endpoint', {
        detail: error.detail,
        hint: `${KEPT} Run it by the queue.`,
      }),
    };
  if (status === 429 || status >= 500) return lost(error.title, error.detail);
  return { event: 'denied', error, refused: false };
}

const lost = (title: string, detail: string): Ending => ({
  event: 'lost',
  error: appError('network', title, { detail, hint: AGAIN }),
  refused: false,
});

export const notAllowed = (detail: string): AppError =>
  appError('auth', 'fal did not accept the key for this session', {
    detail,
    hint: `${KEPT} Check the key in Settings, then try again.`,
  });

export const unwritable = (): AppError => appError('input', 'This input cannot be written as one message');

/** Null for a frame that may be sent: one that the server would not take costs the connection, and all that is on its way. */
export function tooLarge(frame: Uint8Array | string, mostBytes: number): AppError | null {
  const bytes = typeof frame === 'string' ? Buffer.byteLength(frame) : frame.byteLength;
  return bytes <= mostBytes
    ? null
    : appError('input', `The input is larger than ${inMiB(mostBytes)}`, {
        detail: inMiB(bytes),
        hint: 'It was not sent. Make its files smaller; the next input is sent as always.',
      });
}

/** For modes in which none may be passed over. */
export const tooMany = (): AppError =>
  appError('busy', 'Too many inputs wait to be sent', {
    hint: 'This one was not sent; those before it are, once there is a connection.',
  });

const inMiB = (bytes: number): string => `${Math.round((bytes / 2 ** 20) * 10) / 10} MiB`;
