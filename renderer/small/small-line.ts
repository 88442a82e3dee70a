import type { SmallPicture } from '../../shared/media/small.ts';
import type { StoredMedia } from '../../shared/runs/run.ts';

/** What is needed to draw one small. */
export type SmallFile = Pick<StoredMedia, 'sha256' | 'medium' | 'contentType' | 'bytes'>;

/** `missing`: the file itself is not here. `failed`: not this time; it is tried again when it is next asked for. */
export type SmallState = SmallPicture | 'missing' | 'failed';

/** At most so many at once: each holds a whole picture. */
const AT_ONCE = 2;

/**
 * Which small pictures are made, and in which order: first what is in sight, from the first asked for on, then what nobody
 * looks at. What goes out of sight before its turn is forgotten. Never rejects, so neither may `make`.
 */
export class SmallLine {
  readonly #make: (file: SmallFile) => Promise<SmallState>;
  readonly #states = new Map<string, SmallState>();
  readonly #seen = new Map<string, { readonly file: SmallFile; count: number }>();
  readonly #unseen = new Map<string, SmallFile>();
  readonly #making = new Set<string>();
  readonly #lost = new Set<string>();
  readonly #listeners = new Set<() => void>();

  constructor(make: (file: SmallFile) => Promise<SmallState>) {
    this.#make = make;
  }

  /** What came of it since the window was opened; `undefined` while it is not known. */
  stateOf(sha256: string): SmallState | undefined {
    return this.#states.get(sha256);
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A file in sight; answers the way to say that it no longer is. */
  see(file: SmallFile): () => void {
    const { sha256 } = file;
    const seen = this.#seen.get(sha256) ?? { file, count: 0 };
    seen.count += 1;
    this.#seen.set(sha256, seen);
    this.#pump();
    return () => {
      seen.count -= 1;
      if (seen.count > 0) return;
      this.#seen.delete(sha256);
      if (!isFinal(this.#states.get(sha256))) this.#states.delete(sha256);
    };
  }

  /** A file nobody looks at yet. */
  add(file: SmallFile): void {
    if (this.#states.has(file.sha256)) return;
    this.#unseen.set(file.sha256, file);
    this.#pump();
  }

  /** One that was made cannot be read any more. It is made again, once: what fails twice would fail for ever. */
  lost(sha256: string): void {
    if (this.#lost.has(sha256)) return;
    this.#lost.add(sha256);
    this.#states.delete(sha256);
    this.#pump();
    this.#tell();
  }

  wasLost(sha256: string): boolean {
    return this.#lost.has(sha256);
  }

  /** The file may have come back. */
  again(sha256: string): void {
    if (!this.#states.delete(sha256)) return;
    this.#pump();
    this.#tell();
  }

  #pump(): void {
    while (this.#making.size < AT_ONCE) {
      const file = this.#next();
      if (file === undefined) return;
      this.#making.add(file.sha256);
      void this.#make(file).then((state) => {
        this.#making.delete(file.sha256);
        const looked = this.#seen.has(file.sha256);
        if (looked || isFinal(state)) this.#states.set(file.sha256, state);
        this.#tell();
        this.#pump();
      });
    }
  }

  #next(): SmallFile | undefined {
    for (const [sha256, { file }] of this.#seen)
      if (!this.#states.has(sha256) && !this.#making.has(sha256)) return file;
    for (const [sha256, file] of this.#unseen) {
      this.#unseen.delete(sha256);
      if (!this.#states.has(sha256) && !this.#making.has(sha256)) return file;
    }
    return undefined;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

const isFinal = (state: SmallState | undefined): boolean => state === 'made' || state === 'impossible';
