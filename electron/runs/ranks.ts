import type { Run, RunId, RunState } from '../../shared/runs/run.ts';

/** A run that waits for its turn. */
export type WaitingRun = Run & { readonly state: Extract<RunState, { kind: 'waiting' }> };

export const isWaiting = (run: Run): run is WaitingRun => run.state.kind === 'waiting';

/** Those that come first, first. */
export const inOrder = (runs: Iterable<WaitingRun>): WaitingRun[] =>
  [...runs].toSorted((a, b) => a.state.rank - b.state.rank || a.id - b.id);

/** Greater than every other. */
export const lastRank = (runs: Iterable<WaitingRun>): number =>
  [...runs].reduce((most, { state }) => Math.max(most, state.rank), 0) + 1;

/**
 * The runs whose rank changes when one of them is put before another, or last (`before` is null); one that is not there any
 * more has just been sent, so what was to stand before it comes first.
 */
export function moved(runs: Iterable<WaitingRun>, id: RunId, before: RunId | null): WaitingRun[] {
  const order = inOrder(runs);
  const run = order.find((one) => one.id === id);
  if (run === undefined || id === before) return [];
  const others = order.filter((one) => one !== run);
  const found = others.findIndex((one) => one.id === before);
  const place = before === null ? others.length : Math.max(found, 0);
  const [above, below] = [others[place - 1]?.state.rank ?? null, others[place]?.state.rank ?? null];
  const rank = between(above, below);
  if (rank !== null) return rank === run.state.rank ? [] : [ranked(run, rank)];
  // Halved so often that no number is left between: they are counted anew.
  return others
    .toSpliced(place, 0, run)
    .map((one, i) => ranked(one, i + 1))
    .filter((one) => one.state.rank !== order.find(({ id: same }) => same === one.id)?.state.rank);
}

const ranked = (run: WaitingRun, rank: number): WaitingRun => ({ ...run, state: { ...run.state, rank } });

/** Null where there is none. */
function between(above: number | null, below: number | null): number | null {
  if (below === null) return (above ?? 0) + 1;
  if (above === null) return below - 1;
  const middle = (above + below) / 2;
  return above < middle && middle < below ? middle : null;
}
