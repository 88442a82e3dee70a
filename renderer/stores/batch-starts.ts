import type { Found } from '../../shared/history/found.ts';
import type { RunId } from '../../shared/runs/run.ts';

/** The first run of each stretch of one batch, or of none behind one; what stands before the first is of none. */
export type BatchStarts = ReadonlyMap<RunId, number | null>;

export const NO_BATCHES: BatchStarts = new Map();

/** The starts of all pages so far and of the one behind them, which tells its own as if nothing stood before it. */
export function withPage(starts: BatchStarts, { ids, batches }: Pick<Found, 'ids' | 'batches'>): BatchStarts {
  const all = new Map(starts);
  let last = [...starts.values()].at(-1) ?? null;
  const [first] = ids;
  const told = batches[0]?.id === first ? batches : [{ id: first ?? 0, batch: null }, ...batches];
  for (const { id, batch } of first === undefined ? [] : told) {
    if (batch !== last) all.set(id, batch);
    last = batch;
  }
  return all;
}

/** The same with a new run before the first. */
export function withNewest(
  starts: BatchStarts,
  ids: readonly RunId[],
  id: RunId,
  batch: number | null,
): BatchStarts {
  const [first] = ids;
  const there = first === undefined ? null : (starts.get(first) ?? null);
  if (batch === null && there === null) return starts;
  const all = new Map<RunId, number | null>(batch === null ? [] : [[id, batch]]);
  if (first !== undefined && there !== batch) all.set(first, there);
  for (const [start, of] of starts) if (start !== first) all.set(start, of);
  return all;
}

/** The same where only the runs for which `stays` are left of these. */
export function withoutRuns(
  starts: BatchStarts,
  ids: readonly RunId[],
  stays: (id: RunId) => boolean,
): BatchStarts {
  if (starts.size === 0) return starts;
  const all = new Map<RunId, number | null>();
  let [batch, last]: (number | null)[] = [null, null];
  for (const id of ids) {
    const told = starts.get(id);
    if (told !== undefined) batch = told;
    if (!stays(id) || batch === last) continue;
    all.set(id, batch ?? null);
    last = batch;
  }
  return all;
}
