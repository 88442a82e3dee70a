import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Marks } from '../../shared/ipc/models.ts';
import type { Realm } from '../../shared/ipc/profiles.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { History } from '../history/history.ts';

interface ModelMarksOptions {
  readonly history: Pick<History, 'keep' | 'kept'>;
  /** Each realm has models of its own. */
  readonly activeRealm: () => Realm;
  readonly changed: (marks: Marks) => void;
}

const keptSchema = z.object({
  starred: z.array(z.string()).catch([]),
  recent: z.array(z.string()).catch([]),
});
type Lists = z.infer<typeof keptSchema>;

const MOST_RECENT = 24;
const MOST_STARRED = 500;

/** Which models a person starred and opened last, by realm, over all starts. */
export class ModelMarks {
  readonly #options: ModelMarksOptions;
  /** One change after the other: each begins with what the one before left. */
  readonly #lists = new Map<Realm, Promise<Lists>>();

  constructor(options: ModelMarksOptions) {
    this.#options = options;
  }

  async list(): Promise<Marks> {
    const realm = this.#options.activeRealm();
    return { realm, ...(await this.#of(realm)) };
  }

  /** Stars a model, or takes its star away. Where that cannot be written it holds until the program ends. */
  async star(endpointId: string, starred: boolean): Promise<Result<null, AppError>> {
    const error = await this.#change((lists) => ({
      ...lists,
      starred: starred
        ? atFront(lists.starred, endpointId, MOST_STARRED)
        : without(lists.starred, endpointId),
    }));
    if (error === null) return ok(null);
    return fail(
      appError('storage', 'The star could not be written down', {
        detail: error,
        hint: 'It holds until the app is closed. Make room on the disk, or make it writable, and star it again.',
      }),
    );
  }

  /** The model was opened. That it is among the last ones is no loss where it cannot be written. */
  async opened(endpointId: string): Promise<void> {
    await this.#change((lists) => ({
      ...lists,
      recent: atFront(lists.recent, endpointId, MOST_RECENT),
    }));
  }

  /** Why the change could not be written; null when it was. */
  async #change(change: (lists: Lists) => Lists): Promise<string | null> {
    const { history, activeRealm, changed } = this.#options;
    const realm = activeRealm();
    const next = this.#of(realm).then(change);
    this.#lists.set(realm, next);
    const lists = await next;
    changed({ realm, ...lists });
    try {
      await history.keep(nameOf(realm), { starred: lists.starred, recent: lists.recent }, Date.now());
      return null;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  #of(realm: Realm): Promise<Lists> {
    const known = this.#lists.get(realm) ?? this.#read(realm);
    this.#lists.set(realm, known);
    return known;
  }

  async #read(realm: Realm): Promise<Lists> {
    const kept = await this.#options.history.kept(nameOf(realm)).catch(() => null);
    const lists = keptSchema.safeParse(kept?.value);
    return lists.success ? lists.data : { starred: [], recent: [] };
  }
}

const nameOf = (realm: Realm): string => `setting:models:${realm}`;

const without = (ids: readonly string[], id: string): string[] => ids.filter((other) => other !== id);

const atFront = (ids: readonly string[], id: string, most: number): string[] =>
  [id, ...without(ids, id)].slice(0, most);
