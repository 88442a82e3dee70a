import { spendOf } from '../../shared/money/spend.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';

/** Runs that are remembered; what is told of one that was forgotten counts as new. */
const MOST = 2000;

/** Tells what can move a run in the history from what only says how far it is. */
export class HeardRuns {
  readonly #runs = new Map<RunId, string>();

  /** Whether the run is new here, or its state or cost is another than it was; null where neither. */
  take(run: Run): 'new' | 'changed' | null {
    const cost = spendOf(run);
    const now = `${run.state.kind} ${cost === null ? '' : `${cost.amount} ${cost.currency}`}`;
    const before = this.#runs.get(run.id);
    // Put at the end: the first of the map are those that were silent longest.
    this.#runs.delete(run.id);
    this.#runs.set(run.id, now);
    const [oldest] = this.#runs.keys();
    if (this.#runs.size > MOST && oldest !== undefined) this.#runs.delete(oldest);
    return before === undefined ? 'new' : before === now ? null : 'changed';
  }
}
