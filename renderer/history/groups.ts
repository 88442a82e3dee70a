import type { Grouping } from '../../shared/history/look.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { assertNever } from '../../shared/result.ts';
import type { BatchStarts } from '../stores/batch-starts.ts';
import { dayName } from './days.ts';
import { madeAt } from './layout.ts';

/** Milliseconds without a run that end a session. */
const BREAK = 30 * 60_000;
/** Milliseconds from which on hours of two days have both of them named. */
const NIGHT = 12 * 3_600_000;

/**
 * Where groups begin among these ids: by day, session and batch in the order of their time, either way; by batch and model where
 * `starts` has the first run of each.
 */
export function headsOf(
  grouping: Grouping,
  ids: readonly RunId[],
  starts: ReadonlyMap<RunId, unknown>,
): number[] {
  switch (grouping) {
    case 'day':
      return dayHeads(ids);
    case 'session':
      return sessionHeads(ids);
    case 'batch':
      return [...ids.keys()].filter((place) => place === 0 || starts.has(ids[place] ?? 0));
    case 'model':
      return [...ids.keys()].filter((place) => starts.has(ids[place] ?? 0));
    case 'none':
      return [];
    default:
      return assertNever(grouping);
  }
}

function dayHeads(ids: readonly RunId[]): number[] {
  const heads: number[] = [];
  let from = 0;
  let to = 0;
  for (const [place, id] of ids.entries()) {
    const made = madeAt(id);
    if (made >= from && made < to) continue;
    const date = new Date(made);
    // A day is not always 24 hours.
    from = new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
    to = new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
    heads.push(place);
  }
  return heads;
}

function sessionHeads(ids: readonly RunId[]): number[] {
  const heads: number[] = [];
  let before: number | null = null;
  for (const [place, id] of ids.entries()) {
    const made = madeAt(id);
    if (before === null || Math.abs(made - before) > BREAK) heads.push(place);
    before = made;
  }
  return heads;
}

/** What stands over runs of a batch, as many as were found of it there, or of none; and whether it counts them itself. */
export function batchName(
  batches: BatchStarts,
  [first, last]: readonly [RunId, RunId],
  count: number,
  now: Date,
): { readonly name: string; readonly counts: boolean } {
  if ((batches.get(first) ?? null) === null)
    return { name: timeName('batch', first, last, now), counts: false };
  const begun = Math.min(first, last);
  const when = timeName('batch', begun, begun, now);
  return { name: `Batch of ${count.toLocaleString('en-US')} · ${when}`, counts: true };
}

/** What stands over a group of days or of some hours whose first and last run these are. */
export function timeName(grouping: Grouping, first: RunId, last: RunId, now: Date): string {
  const [from, to] = [madeAt(Math.min(first, last)), madeAt(Math.max(first, last))];
  const day = dayName(new Date(from), now);
  if (grouping === 'day') return day;
  const begin = timeOf(from);
  const end = timeOf(to);
  const later = dayName(new Date(to), now);
  // A night over midnight is still the evening before.
  if (later !== day && to - from > NIGHT) return `${day}, ${begin} – ${later}, ${end}`;
  return begin === end ? `${day}, ${begin}` : `${day}, ${begin} – ${end}`;
}

const timeOf = (ms: number): string =>
  new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
