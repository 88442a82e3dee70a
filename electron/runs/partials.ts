import { setTimeout as sleep } from 'node:timers/promises';
import type { JsonValue } from '../../shared/json.ts';
import { findMedia } from '../../shared/media/find.ts';
import type { RunId, RunPartial } from '../../shared/runs/run.ts';
import { isLarge } from './large-output.ts';
import { saveMedia } from './save-media.ts';
import type { FetchFile } from './save-media.ts';

/** Milliseconds: no screen shows more. */
const LEAST = 16;

type Kept = Pick<RunPartial, 'output' | 'media'>;

export interface PartialsOptions {
  readonly id: RunId;
  /** Takes pictures into the media store. */
  readonly fetchFile: FetchFile;
  readonly tell: (partial: RunPartial) => void;
}

/**
 * Tells what a run has brought so far: the first at once, then at most one in 16 ms, the newest, and the last always.
 * Pictures are on this computer before they are told. None but the last is ever written down.
 */
export class Partials {
  readonly #options: PartialsOptions;
  #newest: JsonValue | undefined;
  #telling: Promise<void> | null = null;
  #told = 0;
  #last: Kept = { output: null, media: [] };
  #rested = Promise.resolve();
  readonly #hurry = new AbortController();
  #stopped = false;

  constructor(options: PartialsOptions) {
    this.#options = options;
  }

  /** What was told last: all there is of a run that ends badly. */
  get last(): Kept {
    return this.#last;
  }

  /** Takes the place of what was not told yet. */
  offer(output: JsonValue): void {
    this.#newest = output;
    this.#telling ??= this.#tellAll().finally(() => {
      this.#telling = null;
    });
  }

  /** Answers when the last has been told. */
  async finish(): Promise<void> {
    this.#hurry.abort();
    await this.#telling;
  }

  /** Nothing more is told. */
  stop(): void {
    this.#stopped = true;
    this.#newest = undefined;
    this.#hurry.abort();
  }

  async #tellAll(): Promise<void> {
    await this.#rested;
    while (this.#newest !== undefined) {
      const output = this.#newest;
      this.#newest = undefined;
      const partial = await this.#kept(output);
      if (this.#stopped) return;
      if (partial === null) continue;
      this.#told += 1;
      this.#last = partial;
      this.#options.tell({ id: this.#options.id, n: this.#told, ...partial });
      this.#rested = sleep(LEAST, undefined, { signal: this.#hurry.signal, ref: false }).catch(
        () => undefined,
      );
      await this.#rested;
    }
  }

  /**
   * Null where it is more than a row takes, or a picture could not be kept, on a full disk say: the bytes themselves never
   * go to the window.
   */
  async #kept(output: JsonValue): Promise<Kept | null> {
    if (findMedia(output).length === 0) return isLarge(output) ? null : { output, media: [] };
    const saved = await saveMedia(output, this.#options.fetchFile, () => Promise.resolve());
    if (saved.media.some((item) => item.kind === 'remote' && item.url === '')) return null;
    if (isLarge(saved.output)) return null;
    // Left off half loaded, when the run ended: the picture before it is here.
    const isLeft = saved.media.some((item) => item.kind === 'remote' && item.error.kind === 'cancelled');
    if (isLeft && this.#last.media.length > 0) return null;
    return { output: saved.output, media: [...saved.media] };
  }
}
