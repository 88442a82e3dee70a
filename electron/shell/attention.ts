import type { Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';

export interface AttentionOptions {
  /** Whether the person has another window, or none, before them. */
  readonly away: () => boolean;
  /** Whether they want to be told. */
  readonly wanted: () => boolean;
  /** At least one run, each over, in the order in which they ended. */
  readonly tell: (ended: readonly Run[]) => void;
  /** The share of runs that ended of those begun since nothing was under way, 0 to 1; null where nothing is. */
  readonly progress: (share: number | null) => void;
}

/** Milliseconds: as long as runs end closer together than this, they are told of together, */
const TOGETHER = 1500;
/** but no later than this after the first. */
const AT_LATEST = 8000;

/** What the system is told of runs while the window is elsewhere: how far they are, and that they ended. */
export class Attention {
  readonly #options: AttentionOptions;
  readonly #going = new Set<RunId>();
  #done = 0;
  #share: number | null = null;
  #ended: Run[] = [];
  #firstEnded = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: AttentionOptions) {
    this.#options = options;
  }

  /** What has just become of a run. */
  hear(run: Run): void {
    const { state } = run;
    const before = this.#going.size;
    if (!isOver(state) && !(state.kind === 'waiting' && state.held)) this.#going.add(run.id);
    // What was over when it was first heard of is no news.
    else if (this.#going.delete(run.id)) this.#end(run);
    if (this.#going.size !== before) this.#reckon();
  }

  /** The person has the window before them: they see what ended. */
  back(): void {
    clearTimeout(this.#timer);
    this.#ended = [];
  }

  /** Nothing is told any more. */
  close(): void {
    this.back();
    this.#going.clear();
  }

  #reckon(): void {
    const { size } = this.#going;
    if (size === 0) this.#done = 0;
    const share = size === 0 ? null : this.#done / (this.#done + size);
    if (share === this.#share) return;
    this.#share = share;
    this.#options.progress(share);
  }

  #end(run: Run): void {
    this.#done += 1;
    // Cancelled by the person: no news either. Put back among those that wait to be sent: it did not end.
    if (!isOver(run.state) || run.state.kind === 'cancelled') return;
    if (!this.#options.away() || !this.#options.wanted()) return;
    const now = Date.now();
    if (this.#ended.length === 0) this.#firstEnded = now;
    this.#ended.push(run);
    clearTimeout(this.#timer);
    const wait = Math.max(0, Math.min(TOGETHER, this.#firstEnded + AT_LATEST - now));
    this.#timer = setTimeout(() => this.#tell(), wait);
    // Not a reason for a program that ends to stay.
    this.#timer.unref();
  }

  #tell(): void {
    const ended = this.#ended;
    this.#ended = [];
    this.#options.tell(ended);
  }
}
