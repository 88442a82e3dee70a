import { access } from 'node:fs/promises';
import * as z from 'zod';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Saving } from '../../shared/ipc/saving.ts';
import { runIdSchema } from '../../shared/runs/run.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { nameFacts } from '../../shared/saving/facts.ts';
import { patternProblem, savedPath, USUAL_PATTERN } from '../../shared/saving/pattern.ts';
import { WAITING_TO_BE_COPIED } from '../history/file-rows.ts';
import type { History } from '../history/history.ts';
import type { MediaStore } from '../history/media-store.ts';
import { copyBeside } from './copy-beside.ts';
import type { PictureRequests } from './picture-requests.ts';
import { savingError } from './trouble.ts';

interface SavingServiceOptions {
  readonly history: Pick<History, 'keep' | 'kept' | 'run' | 'page'>;
  readonly media: Pick<MediaStore, 'pathOf'>;
  readonly requests: Pick<PictureRequests, 'textOf'>;
  readonly changed: (saving: Saving) => void;
  /** The folder fails: a sentence that must be read, once. */
  readonly notice: (sentence: string) => void;
}

const SETTING = 'setting:saving';
const settingSchema = z.object({
  on: z.boolean(),
  folder: z.string().nullable(),
  pattern: z.string().refine((pattern) => patternProblem(pattern) === null),
  /** What ended before was not asked for. Milliseconds since 1970. */
  since: z.int(),
  /** Whether PNG pictures that are saved, here or elsewhere, hold their requests. */
  requests: z.boolean().default(true),
});
type Setting = z.infer<typeof settingSchema>;
const OFF: Setting = { on: false, folder: null, pattern: USUAL_PATTERN, since: 0, requests: true };

/** Runs that the last session may have ended without noting them here. */
const LOOKED_AT = 100;

/** Copies the files of each result into a folder of the person's own, under readable names, each once. */
export class SavingService {
  readonly #options: SavingServiceOptions;
  #setting = OFF;
  #error: AppError | null = null;
  /** Runs whose files are not all copied, oldest first. On the disk too: a kill must not forget them. */
  #waiting: RunId[] = [];
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: SavingServiceOptions) {
    this.#options = options;
  }

  /** Takes up what the last session left; answers once it is known how it was set. */
  async open(): Promise<void> {
    const { history } = this.#options;
    const setting = settingSchema.safeParse((await history.kept(SETTING))?.value);
    this.#setting = setting.success ? setting.data : OFF;
    const waiting = z.array(runIdSchema).safeParse((await history.kept(WAITING_TO_BE_COPIED))?.value);
    this.#waiting = waiting.success ? waiting.data : [];
    if (!this.#setting.on) return;
    void this.#inTurn(async () => {
      const { runs } = await history.page({ before: null, limit: LOOKED_AT, endpointId: null });
      for (const run of runs.toReversed()) this.hear(run);
      if (this.#waiting.length > 0) await this.#copyAll();
    });
  }

  get(): Saving {
    const { on, folder, pattern, requests } = this.#setting;
    const trouble = this.#error === null ? null : { error: this.#error, waiting: this.#waiting.length };
    return { on, folder, pattern, requests, trouble };
  }

  setOn(on: boolean): Promise<Saving> {
    return this.#set({ on, since: Date.now() });
  }

  /** Goes on in another folder, with what waits too. */
  setFolder(folder: string): Promise<Saving> {
    return this.#set({ folder, on: true, ...(this.#setting.on ? {} : { since: Date.now() }) });
  }

  setPattern(pattern: string): Promise<Saving> {
    return this.#set({ pattern: pattern.trim() });
  }

  setRequests(requests: boolean): Promise<Saving> {
    return this.#set({ requests });
  }

  /** Tries again what could not be copied. */
  async retry(): Promise<Saving> {
    await this.#inTurn(() => this.#copyAll());
    return this.get();
  }

  /** A run as it is now; does nothing for one that is not asked for, or whose files are all there. */
  hear(run: Run): void {
    const { on, folder, since } = this.#setting;
    if (!on || folder === null || run.state.kind !== 'succeeded' || (run.times.ended ?? 0) < since) return;
    if (!run.media.some(({ kind }) => kind === 'stored')) return;
    void this.#inTurn(async () => {
      if (await this.#isAllCopied(run)) return;
      // Written before it is begun, so that it is taken up again after a kill.
      if (!this.#waiting.includes(run.id)) this.#waiting.push(run.id);
      await this.#keepWaiting();
      await this.#copyAll();
    });
  }

  async #set(change: Partial<Setting>): Promise<Saving> {
    this.#setting = { ...this.#setting, ...change };
    await this.#options.history.keep(SETTING, { ...this.#setting }, Date.now());
    if ('folder' in change) await this.retry();
    if (change.on === false) await this.#inTurn(() => this.#forgetWaiting());
    this.#options.changed(this.get());
    return this.get();
  }

  /** Switched off, nothing waits for anything. */
  async #forgetWaiting(): Promise<void> {
    this.#waiting = [];
    this.#error = null;
    await this.#keepWaiting();
  }

  /** The oldest first; the first that fails keeps the others waiting, for they would fail alike. */
  async #copyAll(): Promise<void> {
    const before = this.#error;
    const { folder } = this.#setting;
    if (folder === null) return;
    this.#error = null;
    try {
      for (const id of this.#waiting) {
        await this.#copyRun(id, folder);
        this.#waiting = this.#waiting.filter((other) => other !== id);
        await this.#keepWaiting();
      }
    } catch (error) {
      this.#error = savingError(error, folder);
      if (before === null)
        this.#options.notice(
          `${this.#error.title}. New results are kept in the history and wait to be copied there: see Settings, “A folder for results”.`,
        );
    }
    if (before !== null || this.#error !== null) this.#options.changed(this.get());
  }

  async #copyRun(id: RunId, folder: string): Promise<void> {
    const run = await this.#options.history.run(id);
    if (run === null) return;
    const done = await this.#copied(id);
    for (const [index, file] of run.media.entries()) {
      if (file.kind !== 'stored' || done.includes(index)) continue;
      const from = this.#options.media.pathOf(file.sha256);
      // What is no longer kept here can never be copied: it must not keep the others waiting.
      const isThere = await access(from).then(
        () => true,
        () => false,
      );
      if (!isThere) continue;
      const path = savedPath(this.#setting.pattern, nameFacts(run, file, index + 1));
      const request = this.#options.requests.textOf(run);
      await copyBeside({ from, sha256: file.sha256, bytes: file.bytes, path, folder, request });
      done.push(index);
      await this.#options.history.keep(copiedName(id), [...done], Date.now());
    }
  }

  /** The places in the run's list of the files that were copied. */
  async #copied(id: RunId): Promise<number[]> {
    const kept = z.array(z.int()).safeParse((await this.#options.history.kept(copiedName(id)))?.value);
    return kept.success ? kept.data : [];
  }

  async #isAllCopied(run: Run): Promise<boolean> {
    const done = await this.#copied(run.id);
    return run.media.every(({ kind }, index) => kind !== 'stored' || done.includes(index));
  }

  async #keepWaiting(): Promise<void> {
    await this.#options.history.keep(WAITING_TO_BE_COPIED, [...this.#waiting], Date.now());
  }

  /** One at a time: two that look for a free name would find the same. A disk that fails is told by the one that met it. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#last.then(work, work).catch((error: unknown) => {
      this.#error ??= savingError(error, this.#setting.folder ?? '');
      this.#options.changed(this.get());
    });
    this.#last = done;
    return done;
  }
}

const copiedName = (id: RunId): string => `saved:${id}`;
