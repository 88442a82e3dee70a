import { lstat } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type {
  ChosenRuns,
  CsvSummary,
  ExportForm,
  ExportSummary,
  ImportSummary,
  Transfer,
} from '../../shared/ipc/transfer.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { codeOf } from '../saving/copy-beside.ts';
import { costLine, CSV_HEAD } from './costs-csv.ts';
import { exportRuns, idsOf } from './export-runs.ts';
import type { Told } from './export-runs.ts';
import { folderSink, sweepParts, textSink, zipSink } from './export-sink.ts';
import type { HistoryService } from './history-service.ts';
import type { History } from './history.ts';
import { importRuns } from './import-runs.ts';
import { openImport } from './import-source.ts';
import type { MediaStore } from './media-store.ts';

/** The window is told of every so many steps, or it would be told a thousand times a second. */
const MILLISECONDS_BETWEEN = 100;
const COSTS_AT_A_TIME = 1000;

interface TransferOptions {
  readonly history: Pick<
    History,
    'search' | 'exportRows' | 'costRows' | 'seeLines' | 'takeLines' | 'file' | 'putFile'
  >;
  readonly media: Pick<MediaStore, 'pathOf' | 'copyIn'>;
  /** Reads the words of a search as the window's are, and hears that runs came. */
  readonly found: Pick<HistoryService, 'read' | 'came'>;
  /** What a profile is called; its id where nobody knows. */
  readonly profiles: { readonly nameOf: (profileId: string) => string };
  /** How far it is; null when nothing is under way. */
  readonly changed: (transfer: Transfer | null) => void;
  /** Runs came, and with them what they cost. */
  readonly imported: () => void;
}

/** The history's ways out of this program and into it. One at a time, each can be stopped. */
export class TransferService {
  readonly #options: TransferOptions;
  #stop: AbortController | null = null;
  #over: Promise<void> = Promise.resolve();
  #now: Transfer | null = null;

  constructor(options: TransferOptions) {
    this.#options = options;
  }

  get now(): Transfer | null {
    return this.#now;
  }

  /** Stops what is under way, which then fails as `cancelled`. */
  cancel(): void {
    this.#stop?.abort();
  }

  /** Stops what is under way, and resolves once nothing of it is left half done. */
  close(): Promise<void> {
    this.cancel();
    return this.#over;
  }

  /** To `path`, which must be free. Fails without leaving anything of it behind. */
  export(chosen: ChosenRuns, form: ExportForm, path: string): Promise<Result<ExportSummary, AppError>> {
    return this.#alone('export', async (signal, told) => {
      const { history, media } = this.#options;
      let done = 0;
      const counted: Told = (step) => {
        if (step.of === 'runs') done = step.done;
        told(step);
      };
      const taken = await isTaken(path);
      if (taken !== null) return fail(taken);
      await sweepParts(dirname(path), Date.now());
      let sink: Awaited<ReturnType<typeof folderSink>> | null = null;
      try {
        const ids = await this.#idsOf(chosen, signal);
        sink = form === 'zip' ? zipSink(path) : await folderSink(path);
        const summary = await exportRuns({ history, media, ids, sink, signal, told: counted });
        return ok({ path, ...summary });
      } catch (error) {
        await sink?.drop();
        return fail(notWritten(error, signal, `${done} ${done === 1 ? 'run' : 'runs'} had been written`));
      }
    });
  }

  /** A line a run, as `costs-csv.ts` has it. `path` must be free. */
  costs(chosen: ChosenRuns, path: string): Promise<Result<CsvSummary, AppError>> {
    return this.#alone('csv', async (signal, told) => {
      const { history, profiles } = this.#options;
      const taken = await isTaken(path);
      if (taken !== null) return fail(taken);
      const sink = textSink(path);
      let runs = 0;
      try {
        const ids = await this.#idsOf(chosen, signal);
        await sink.line(CSV_HEAD);
        for (let at = 0; at < ids.length; at += COSTS_AT_A_TIME) {
          signal.throwIfAborted();
          const rows = await history.costRows(ids.slice(at, at + COSTS_AT_A_TIME));
          await sink.line(rows.map((row) => costLine(row, (id) => profiles.nameOf(id))).join(''));
          runs += rows.length;
          told({ done: runs, total: ids.length, of: 'runs' });
        }
        await sink.end();
        return ok({ path, runs });
      } catch (error) {
        await sink.drop();
        return fail(notWritten(error, signal, `${runs} lines had been written`));
      }
    });
  }

  /** From a folder or a zip. Whatever it fails of, what was taken in is whole and stays. */
  import(path: string): Promise<Result<ImportSummary, AppError>> {
    return this.#alone('import', async (signal, told) => {
      const { history, media, found, imported } = this.#options;
      const source = await openImport(path);
      if (!source.ok) return source;
      try {
        return await importRuns({ history, media, source: source.value, signal, told });
      } finally {
        await source.value.close().catch(() => undefined);
        found.came();
        imported();
      }
    });
  }

  async #idsOf(chosen: ChosenRuns, signal: AbortSignal): Promise<readonly RunId[]> {
    const { history, found } = this.#options;
    return chosen.kind === 'ids'
      ? [...new Set(chosen.ids)].toSorted((a, b) => a - b)
      : idsOf(history, found.read(chosen.text), signal);
  }

  async #alone<T>(
    work: Transfer['work'],
    carryOut: (signal: AbortSignal, told: Told) => Promise<Result<T, AppError>>,
  ): Promise<Result<T, AppError>> {
    if (this.#stop !== null)
      return fail(
        appError('input', 'An export or import is under way', {
          hint: 'Nothing was begun. Wait for its end, or stop it.',
        }),
      );
    const stop = new AbortController();
    this.#stop = stop;
    const { promise: over, resolve: ended } = Promise.withResolvers<void>();
    this.#over = over;
    let last = 0;
    const tell = (transfer: Transfer | null): void => {
      this.#now = transfer;
      this.#options.changed(transfer);
    };
    tell({ work, of: 'runs', done: 0, total: null });
    try {
      return await carryOut(stop.signal, (step) => {
        const now = Date.now();
        if (now - last < MILLISECONDS_BETWEEN) return;
        last = now;
        tell({ work, ...step });
      });
    } finally {
      this.#stop = null;
      ended();
      tell(null);
    }
  }
}

/** The same path, or with a number behind its name where that is taken. */
export async function freePath(path: string): Promise<string> {
  const ending = extname(path);
  const stem = join(dirname(path), basename(path, ending));
  for (let count = 1; ; count += 1) {
    const candidate = count === 1 ? path : `${stem} (${count})${ending}`;
    if ((await lstat(candidate).catch(() => null)) === null) return candidate;
  }
}

async function isTaken(path: string): Promise<AppError | null> {
  if ((await lstat(path).catch(() => null)) === null) return null;
  return appError('input', 'There is something of this name already', {
    detail: path,
    hint: 'Nothing was written. Choose another name.',
  });
}

function notWritten(error: unknown, signal: AbortSignal, far: string): AppError {
  if (signal.aborted)
    return appError('cancelled', 'The export was stopped', { hint: `${far}; nothing of it is left behind.` });
  const code = codeOf(error);
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return appError('storage', full ? 'The disk is full' : 'The export could not be written', {
    detail: error instanceof Error ? error.message : String(error),
    hint: `${far}; nothing of it is left behind, and the history is as it was. Choose another place, or make room, and export again.`,
  });
}
