import { rm } from 'node:fs/promises';
import type { MarksOf, RunCard, RunMarks, Trashed } from '../../shared/history/card.ts';
import type { Facets, Found, HistoryOrder } from '../../shared/history/found.ts';
import { parseQuery } from '../../shared/history/query.ts';
import type { HistoryQuery } from '../../shared/history/query.ts';
import type { Changed } from '../../shared/ipc/history.ts';
import type { RunId } from '../../shared/runs/run.ts';
import type { History } from './history.ts';
import { fileNameKey } from './input-files.ts';
import type { MediaStore } from './media-store.ts';
import type { SmallPictures } from './small-pictures.ts';

interface HistoryServiceOptions {
  readonly history: History;
  readonly media: Pick<MediaStore, 'pathOf'>;
  readonly small: Pick<SmallPictures, 'remove'>;
  /** Ids of the profiles of this name, in small letters. */
  readonly profilesNamed: (name: string) => readonly string[];
  /** Marks of these runs changed, or they went or came; null for any. */
  readonly changed: (ids: readonly RunId[] | null, about: Changed) => void;
  /** Runs are gone for good, and with them what they may have counted for. */
  readonly purged: () => void;
}

/** Days after which what is in the trash goes for good. */
export const TRASH_DAYS = 30;

/** What a person finds again, marks and throws away. */
export class HistoryService {
  readonly #options: HistoryServiceOptions;

  constructor(options: HistoryServiceOptions) {
    this.#options = options;
  }

  search(asked: {
    readonly text: string;
    readonly order: HistoryOrder;
    readonly after: string | null;
    readonly limit: number;
  }): Promise<Found> {
    return this.#options.history.search({ ...asked, query: this.read(asked.text) });
  }

  facets(text: string): Promise<Facets> {
    return this.#options.history.facets(this.read(text));
  }

  cards(ids: readonly RunId[]): Promise<RunCard[]> {
    return this.#options.history.cards(ids);
  }

  marks(id: RunId): Promise<RunMarks | null> {
    return this.#options.history.marks(id);
  }

  marksOf(ids: readonly RunId[]): Promise<MarksOf> {
    return this.#options.history.marksOf(ids);
  }

  async star(ids: readonly RunId[], star: boolean): Promise<void> {
    await this.#options.history.star(ids, star);
    this.#options.changed(ids, 'star');
  }

  async note(id: RunId, note: string): Promise<void> {
    await this.#options.history.note(id, note);
    this.#options.changed([id], 'note');
  }

  async tag(ids: readonly RunId[], tag: string, on: boolean): Promise<void> {
    await this.#options.history.tag(ids, tag, on);
    this.#options.changed(ids, 'tag');
  }

  async trash(ids: readonly RunId[]): Promise<Trashed> {
    const trashed = await this.#options.history.trash(ids, Date.now());
    this.#options.changed(trashed.gone, 'runs');
    return trashed;
  }

  async restore(ids: readonly RunId[]): Promise<void> {
    await this.#options.history.restore(ids);
    this.#options.changed(ids, 'runs');
  }

  /** How many runs are gone for good, and the bytes of the files that went with them. */
  async purge(ids: readonly RunId[] | null): Promise<{ runs: number; bytes: number }> {
    return this.#purge(ids, Date.now());
  }

  /** Takes what has lain in the trash for thirty days out of it; to be called once at start. */
  async empty(): Promise<void> {
    // What cannot be deleted today is tomorrow.
    await this.#purge(null, Date.now() - TRASH_DAYS * 86_400_000).catch(() => undefined);
  }

  async #purge(ids: readonly RunId[] | null, until: number): Promise<{ runs: number; bytes: number }> {
    const { history, media, changed } = this.#options;
    const { ids: gone, files } = await history.purge(ids, until);
    let bytes = 0;
    for (const file of files) {
      // The same file may just have come again with another result.
      if ((await history.file(file.sha256)) !== null) continue;
      // One that stays costs its room; nothing names it any more.
      await rm(media.pathOf(file.sha256), { force: true }).catch(() => undefined);
      await this.#options.small.remove(file.sha256).catch(() => undefined);
      await history.forget(fileNameKey(file.sha256)).catch(() => undefined);
      bytes += file.bytes;
    }
    if (gone.length > 0) {
      changed(gone, 'runs');
      this.#options.purged();
    }
    return { runs: gone.length, bytes };
  }

  /** Runs came from elsewhere, any number of them. */
  came(): void {
    this.#options.changed(null, 'runs');
  }

  /** Tells of what another program wrote, such as an import from a shell; true where one has. Does not reject. */
  async hearOthers(): Promise<boolean> {
    const wrote = await this.#options.history.othersWrote().catch(() => false);
    if (wrote) this.came();
    return wrote;
  }

  /** A profile is named by the person as it is called in the window, and stands in rows by its id. */
  read(text: string): HistoryQuery {
    const { terms, problems } = parseQuery(text, Date.now());
    return {
      problems,
      terms: terms.map((term) => {
        const { condition } = term;
        if (condition.kind !== 'key') return term;
        return { ...term, condition: { ...condition, ids: this.#options.profilesNamed(condition.key) } };
      }),
    };
  }
}
