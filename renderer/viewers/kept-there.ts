import { secondsKept } from '../../shared/fal/lifecycle-header.ts';
import type { Run } from '../../shared/runs/run.ts';

type Facts = Pick<Run, 'options' | 'times' | 'method' | 'requestId'>;

/** Days that fal keeps what was sent and answered (fal-protocol §4.4). */
const RECORD_DAYS = 30;
const DAY = 86_400_000;

/** Until when fal keeps the files of a result, where that was asked for; null where it is the account's own setting. */
export function filesKeptWords({ options, times }: Facts, now: number): string | null {
  const seconds = options.lifecycle === undefined ? null : secondsKept(options.lifecycle);
  if (seconds === null || times.ended === null) return null;
  const until = times.ended + seconds * 1000;
  return until > now
    ? `fal keeps its files until ${moment(until)}.`
    : `fal kept its files until ${moment(until)}; they can no longer be downloaded again.`;
}

/** Until when fal itself can tell of a request; null where there is nothing to be said. */
export function recordKeptWords({ options, times, method, requestId }: Facts, now: number): string | null {
  if (requestId === null || method !== 'queue' || times.ended === null) return null;
  if (options.storeIo === false) return 'not kept, as was asked for';
  const until = times.ended + RECORD_DAYS * DAY;
  return until > now ? `until ${moment(until)}` : 'gone: it is kept for 30 days';
}

const moment = (at: number): string =>
  new Date(at).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
