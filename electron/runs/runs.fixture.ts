import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { ok } from '../../shared/result.ts';
import type { Run, RunId, RunPartial, RunState } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { connectionTo, directly } from '../fal/fal.fixture.ts';
import type { FalHosts } from '../fal/hosts.ts';
import type { History } from '../history/history.ts';
import { tempHistory } from '../history/history.fixture.ts';
import { InputFiles } from '../history/input-files.ts';
import { MediaStore } from '../history/media-store.ts';
import { UNRECKONED } from './run-money.fixture.ts';
import { RunService } from './run-service.ts';
import type { RunServiceOptions } from './run-service-options.ts';

/** What the tests of runs share; nothing the app ships imports it. */

export const SMALL = { prompt: 'a lake', image_size: { width: 64, height: 64 }, seed: 1 };

export interface Stage {
  readonly service: RunService;
  readonly history: History;
  readonly store: MediaStore;
  readonly files: InputFiles;
  readonly dir: string;
  /** Every `changed` in order, with the state that stood in the database file at that moment. */
  readonly told: { readonly run: Run; readonly onDisk: RunState['kind'] | undefined }[];
  readonly lines: string[];
  readonly notices: string[];
  readonly partials: RunPartial[];
  /** The first run told, now or later, of which `fits` is true. */
  readonly until: (id: RunId, fits: (run: Run) => boolean) => Promise<Run>;
  readonly over: (id: RunId) => Promise<Run>;
  /** The kinds of state told of a run, without repetitions. */
  readonly story: (id: RunId) => RunState['kind'][];
}

/** A run service on a real database and a real media store, talking to the server at `hosts`. */
export async function stage(
  hosts: FalHosts,
  over: Partial<RunServiceOptions> & {
    readonly dir?: string;
    readonly wrap?: (history: History) => History;
  } = {},
): Promise<Stage> {
  const { dir: place, wrap = (same) => same, ...options } = over;
  const { history: real, dir } = await tempHistory(place);
  const history = wrap(real);
  const store = new MediaStore(dir, { tries: 4, base: 1, cap: 2 });
  await store.open();
  const files = new InputFiles({ history, media: store });
  const reader = new DatabaseSync(join(dir, 'history.db'), { readOnly: true });
  const stateOf = reader.prepare('SELECT state_kind FROM runs WHERE id = ?');
  const told: Stage['told'] = [];
  const lines: string[] = [];
  const notices: string[] = [];
  const partials: RunPartial[] = [];
  const watchers = new Set<() => void>();
  const service = new RunService({
    history,
    media: store,
    files,
    fetch: directly,
    activeProfile: () => 'local',
    connection: () => Promise.resolve(ok(connectionTo(hosts))),
    isOwnAddress: () => true,
    money: UNRECKONED,
    most: 8,
    changed: (run) => {
      const row = stateOf.get(run.id)?.['state_kind'];
      told.push({ run, onDisk: typeof row === 'string' ? kindOf(row) : undefined });
      for (const watcher of watchers) watcher();
    },
    logged: (_id, entries) => lines.push(...entries.map((entry) => entry.message)),
    partial: (partial) => {
      partials.push(partial);
      for (const watcher of watchers) watcher();
    },
    notice: (sentence) => {
      notices.push(sentence);
    },
    ...options,
  });
  onTestFinished(() => {
    service.close();
    reader.close();
  });
  const until: Stage['until'] = (id, fits) =>
    new Promise((resolve) => {
      const look = (): void => {
        const found = told.find(({ run }) => run.id === id && fits(run));
        if (found === undefined) return;
        watchers.delete(look);
        resolve(found.run);
      };
      watchers.add(look);
      look();
    });
  return {
    service,
    history,
    store,
    files,
    dir,
    told,
    lines,
    notices,
    partials,
    until,
    over: (id) => until(id, (run) => isOver(run.state)),
    story: (id) => {
      const kinds = told.filter(({ run }) => run.id === id).map(({ run }) => run.state.kind);
      return kinds.filter((kind, i) => kind !== kinds[i - 1]);
    },
  };
}

const KINDS = [
  'waiting',
  'uploading',
  'submitting',
  'confirming',
  'unconfirmed',
  'queued',
  'running',
  'fetching',
  'saving',
  'succeeded',
  'failed',
  'cancelling',
  'cancelled',
  'lost',
] as const satisfies readonly RunState['kind'][];
const kindOf = (text: string): RunState['kind'] | undefined => KINDS.find((kind) => kind === text);
