import type { AppError } from '../../shared/fal/errors.ts';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { Result } from '../../shared/result.ts';
import type { Run, RunId, RunPartial } from '../../shared/runs/run.ts';
import type { FalConnection } from '../fal/connection.ts';
import type { Fetch } from '../fal/transport/fetch.ts';
import type { History } from '../history/history.ts';
import type { InputFiles } from '../history/input-files.ts';
import type { MediaStore } from '../history/media-store.ts';
import type { RunMoney } from './run-money.ts';

/** What runs need of their owner. */
export interface RunServiceOptions {
  readonly history: Pick<
    History,
    | 'newId'
    | 'putRun'
    | 'putRuns'
    | 'run'
    | 'runOf'
    | 'page'
    | 'unfinished'
    | 'addLogs'
    | 'logs'
    | 'putFile'
    | 'keep'
  >;
  readonly media: Pick<MediaStore, 'fetch'>;
  /** For the files of results. */
  readonly fetch: Fetch;
  /** What requests name as `media:<sha256>`. */
  readonly files: Pick<InputFiles, 'facts' | 'pathOf'>;
  readonly activeProfile: () => string;
  readonly connection: (profileId: string) => Promise<Result<FalConnection, AppError>>;
  /** Whether an address on this computer is one of the profile's own server; results are read from no other here. */
  readonly isOwnAddress: (profileId: string, url: string) => boolean | Promise<boolean>;
  readonly money: RunMoney;
  /** How many runs may be under way at once, until it is set anew. */
  readonly most: number;
  readonly changed: (run: Run) => void;
  readonly logged: (id: RunId, entries: readonly LogEntry[]) => void;
  /** What a run has brought so far; of no run that is over. */
  readonly partial: (partial: RunPartial) => void;
  /** Something went wrong that the person must know and nothing else will say. */
  readonly notice: (sentence: string) => void;
}
