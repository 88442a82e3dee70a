import type { RunId } from '../../shared/runs/run.ts';
import { assertNever } from '../../shared/result.ts';
import type { Grouping } from '../stores/found.ts';
import { dayName } from './days.ts';
import { madeAt } from './layout.ts';

/** Milliseconds without a run that end a session. */
const BREAK = 30 * 60_000;

/**
 * Where groups begin among these ids: by day and session in the order of their time, either way; by model where `models` has the
 * first run of each.
 */
export function headsOf(
  grouping: Grouping,
  ids: readonly RunId[],
  models: ReadonlyMap<RunId, string>,
): number[] {
  switch (grouping) {
    case 'day':
      return dayHeads(ids);
    case 'session':
      return sessionHeads(ids);
    case 'model':
      return [...ids.keys()].filter((place) => models.has(ids[place] ?? 0));
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

/** What stands over a group of days or sessions whose first and last run these are. */
export function timeName(grouping: Grouping, first: RunId, last: RunId, now: Date): string {
  const [from, to] = [madeAt(Math.min(first, last)), madeAt(Math.max(first, last))];
  const day = dayName(new Date(from), now);
  if (grouping !== 'session') return day;
  const begin = timeOf(from);
  const end = timeOf(to);
  return begin === end ? `${day}, ${begin}` : `${day}, ${begin} – ${end}`;
}

const timeOf = (ms: number): string =>
  new Date(ms).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
