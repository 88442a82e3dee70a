import type { LogEntry } from '../../shared/fal/queue.ts';
import type { Price } from '../../shared/ipc/models.ts';
import { assertNever } from '../../shared/result.ts';
import type { Lookup, RunState } from '../../shared/runs/run.ts';

export { fileSize } from '../../shared/media/file-size.ts';

/** Where a run stands, in a few words. */
export function stateWords(state: RunState): string {
  switch (state.kind) {
    case 'waiting':
      return state.held ? 'Waiting since the last session' : 'Waiting for its turn';
    case 'uploading':
      return state.total > 1
        ? `Sending file ${Math.min(state.done + 1, state.total)} of ${state.total}`
        : 'Sending the file';
    case 'submitting':
      return 'Sending';
    case 'queued':
      if (state.position === null) return 'In queue';
      return state.position === 0 ? 'Next in queue' : `In queue, ${state.position} ahead`;
    case 'running':
      return 'Running';
    case 'fetching':
      return 'Reading the result';
    case 'saving':
      return state.total > 1 ? `Copying file ${state.done + 1} of ${state.total}` : 'Copying the file';
    case 'succeeded':
      return 'Done';
    case 'failed':
      return 'Failed';
    case 'cancelling':
      return 'Cancelling';
    case 'cancelled':
      return 'Cancelled';
    case 'lost':
      return 'Lost';
    case 'confirming':
      return state.cancelWish
        ? 'Asking fal what there is to cancel'
        : 'Asking fal whether it took the request';
    case 'unconfirmed':
      return 'Unconfirmed';
    default:
      return assertNever(state);
  }
}

/** What fal's own list says of a run that was never answered, and where that leaves one. */
export function lookupWords(lookup: Lookup): readonly [what: string, then: string] {
  switch (lookup.kind) {
    case 'none_found':
      return [
        'fal lists no request of this model from that time that is not here already.',
        'As far as its list goes, this one was not taken; the list can be late.',
      ];
    case 'found': {
      const { count } = lookup;
      return [
        `fal has ${count} ${count === 1 ? 'request' : 'requests'} of this model from that time that ${count === 1 ? 'is' : 'are'} not here.`,
        `Whether ${count === 1 ? 'it is' : 'one of them is'} this run is not certain: fal’s dashboard shows what was sent.`,
      ];
    }
    case 'impossible': {
      const { title, detail, hint } = lookup.error;
      const reason = [detail === '' ? `${title}.` : `${title}: ${sentence(detail)}`, hint];
      return [
        `Whether fal took it could not be looked up. ${reason.filter(Boolean).join(' ')}`,
        'fal’s dashboard shows whether it did.',
      ];
    }
    default:
      return assertNever(lookup);
  }
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** `00:04`, or `1:02:03` past the hour. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const hours = Math.floor(seconds / 3600);
  return `${hours > 0 ? `${hours}:` : ''}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `840 ms`, `2.1 s`, `1 min 4 s`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** `$0.025 per megapixel`, or `free`. */
export function priceWords(price: Price): string {
  if (price.amount === 0) return 'free';
  const amount = price.amount.toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  });
  return `${price.currency === 'USD' ? '$' : `${price.currency} `}${amount} ${perUnit(price.unit)}`;
}

/** `per megapixel`, `per 1000 characters`. */
export const perUnit = (unit: string): string => `per ${/^\d/.test(unit) ? unit : unit.replace(/s$/, '')}`;

/** How far a run is, 0 to 1, as its newest log line tells ("12/28", "43%"); null where it does not. */
export function progressOf(logs: readonly LogEntry[]): number | null {
  for (let i = logs.length - 1; i >= Math.max(0, logs.length - 5); i -= 1) {
    const message = logs[i]?.message ?? '';
    const steps = /\b(\d{1,6})\s*\/\s*(\d{1,6})\b/.exec(message);
    if (steps !== null && Number(steps[2]) > 0 && Number(steps[1]) <= Number(steps[2]))
      return Number(steps[1]) / Number(steps[2]);
    const percent = /\b(\d{1,3})(?:\.\d+)?\s?%/.exec(message);
    if (percent !== null && Number(percent[1]) <= 100) return Number(percent[1]) / 100;
  }
  return null;
}
