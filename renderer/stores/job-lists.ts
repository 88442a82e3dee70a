import type { Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';

/** The runs of this session by what a person can do with them. A list is a new one only when it holds others. */
export interface JobLists {
  /** What was waiting when the program last stopped, in its order; nobody sends it unasked. */
  readonly held: readonly RunId[];
  /** What is sent when its turn comes, the next one first. */
  readonly waiting: readonly RunId[];
  /** Under way, oldest first. */
  readonly going: readonly RunId[];
  /** What ended while the window was open, newest first. */
  readonly ended: readonly RunId[];
}

export const NO_JOBS: JobLists = { held: [], waiting: [], going: [], ended: [] };

/** Ended runs that are kept in sight; all are in the history. */
const ENDED = 8;

interface Place {
  readonly list: 'held' | 'waiting' | 'going' | 'over';
  /** By which the list is ordered. */
  readonly rank: number;
}

function placeOf({ id, state }: Run): Place {
  if (state.kind === 'waiting') return { list: state.held ? 'held' : 'waiting', rank: state.rank };
  return { list: isOver(state) ? 'over' : 'going', rank: id };
}

/** Keeps the lists as runs change, at a cost that does not grow with the runs there are but for one list. */
export class JobIndex {
  readonly #places = new Map<RunId, Place>();
  #lists = NO_JOBS;

  get lists(): JobLists {
    return this.#lists;
  }

  /** Answers the lists after what became of a run; the same object where it stands where it stood. */
  hear(run: Run): JobLists {
    const before = this.#places.get(run.id);
    const now = placeOf(run);
    if (before?.list === now.list && before.rank === now.rank) return this.#lists;
    if (before !== undefined && before.list !== 'over') this.#leave(before.list, run.id);
    if (now.list === 'over') {
      this.#places.delete(run.id);
      // What was over when it was first heard of ended some other time.
      if (before !== undefined) this.#end(run.id);
    } else {
      this.#places.set(run.id, now);
      this.#join(now.list, run.id);
    }
    return this.#lists;
  }

  #leave(list: Exclude<Place['list'], 'over'>, id: RunId): void {
    this.#lists = { ...this.#lists, [list]: this.#lists[list].filter((other) => other !== id) };
  }

  #join(list: Exclude<Place['list'], 'over'>, id: RunId): void {
    const rank = (other: RunId): number => this.#places.get(other)?.rank ?? 0;
    const ids = this.#lists[list];
    const at = ids.findLastIndex((other) => rank(other) <= rank(id)) + 1;
    const ended = this.#lists.ended.filter((other) => other !== id);
    this.#lists = {
      ...this.#lists,
      // Taken up again: its files are copied once more, or fal is asked for it anew.
      ended: ended.length === this.#lists.ended.length ? this.#lists.ended : ended,
      [list]: ids.toSpliced(at, 0, id),
    };
  }

  #end(id: RunId): void {
    const others = this.#lists.ended.filter((other) => other !== id);
    this.#lists = { ...this.#lists, ended: [id, ...others].slice(0, ENDED) };
  }
}
