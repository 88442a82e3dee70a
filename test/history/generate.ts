import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { HistoryDatabase } from '../../electron/history/database.ts';
import type { BatchPlace } from '../../shared/runs/asked.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { Random } from '../soak/random.ts';
import { Shelf } from './answers.ts';
import { makeFiles } from './files.ts';
import { madeModels } from './models.ts';
import type { Made } from './models.ts';
import { moments } from './moments.ts';
import { noteOn, PromptLine, tagNames } from './prompts.ts';
import { makeRun } from './runs.ts';
import type { MadeRun } from './runs.ts';

export interface GenerateOptions {
  /** Where `history.db` and `media` go, as in the app's own folder; made where it is missing. */
  readonly dir: string;
  readonly runs: number;
  /** A fifth of the runs if not given, at most 20,000. */
  readonly files?: number;
  /** At most so many models; 150 if not given. Reading each takes its time. */
  readonly models?: number;
  /** The longer side of a picture, in pixels; 64 if not given. */
  readonly side?: number;
  /** The same seed makes the same history; 1 if not given. */
  readonly seed?: number;
  /** Milliseconds since 1970; no run is later. */
  readonly until: number;
  /** How many days before that the first is; 540 if not given. */
  readonly days?: number;
  readonly say?: (line: string) => void;
}

export interface Generated {
  readonly runs: number;
  readonly files: number;
  readonly bytes: number;
  readonly models: number;
}

/** Rows that are written together. */
const TOGETHER = 2000;
const PROFILES = ['env:FAL_KEY', 'work', 'work', 'work', 'home'];

/** A history of a year and a half, as somebody leaves it who uses the program every day. */
export async function generateHistory(options: GenerateOptions): Promise<Generated> {
  const { dir, runs, side = 64, seed = 1, days = 540, until, say = () => undefined } = options;
  const count = options.files ?? Math.min(20_000, Math.ceil(runs / 5));
  const random = new Random(seed);
  mkdirSync(dir, { recursive: true });
  const models = await madeModels(options.models ?? 150, random);
  say(`${models.length} models`);
  const files = await makeFiles(dir, count, side, random);
  const stored = [...files.values()].flat();
  say(`${stored.length} files`);
  const database = new HistoryDatabase(join(dir, 'history.db'));
  try {
    database.together(() => {
      for (const file of stored) database.putFile(file);
    });
    const makers = sittings(database, models, random);
    const shelf = new Shelf(files);
    const times = moments(runs, days, until, random);
    for (let from = 0; from < runs; from += TOGETHER) {
      const made = times
        .slice(from, from + TOGETHER)
        .map(({ at, begins }) => makeRun(makers(at, begins), files, shelf, random));
      database.together(() => write(database, made, random));
      say(`${from + made.length} runs`);
    }
  } finally {
    database.close();
  }
  const bytes = stored.reduce((sum, file) => sum + file.bytes, 0);
  return { runs, files: stored.length, bytes, models: models.length };
}

/** What the person does next: mostly the model and the subject of just now, at times many of one press. */
function sittings(database: HistoryDatabase, models: readonly Made[], random: Random) {
  let model = random.favourite(models);
  let line = new PromptLine(random);
  let profileId = random.pick(PROFILES);
  let batch: { readonly id: RunId; readonly kind: BatchPlace['kind']; readonly size: number } | null = null;
  let inBatch = 0;
  let prompt = '';
  return (at: number, begins: boolean) => {
    if (begins) {
      line = new PromptLine(random);
      profileId = random.pick(PROFILES);
      batch = null;
    }
    if (begins || random.chance(0.08)) model = random.favourite(models);
    if (batch !== null && inBatch === batch.size) batch = null;
    if (batch === null && !model.live && random.chance(0.03)) {
      batch = {
        id: database.newId(at),
        kind: random.pick(['models', 'seeds', 'sweep']),
        size: 2 + random.below(8),
      };
      inBatch = 0;
    }
    if (batch === null || inBatch === 0) prompt = line.next();
    if (batch?.kind === 'models') model = random.favourite(models);
    const place: BatchPlace | null = batch && {
      ...batch,
      column: { index: inBatch, label: labelOf(batch.kind, inBatch, model) },
      row: { index: 0, label: '' },
    };
    inBatch += 1;
    return { id: database.newId(at), at, model, prompt, batch: place, profileId };
  };
}

function labelOf(kind: BatchPlace['kind'], index: number, { endpointId }: Made): string {
  if (kind === 'models') return endpointId;
  return kind === 'seeds' ? `seed ${index + 1}` : `guidance ${2 + index / 2}`;
}

/** The runs, and what the person wrote on some of them. */
function write(database: HistoryDatabase, made: readonly MadeRun[], random: Random): void {
  database.putRuns(made.map(({ run }) => run));
  for (const { run, logs } of made) if (logs.length > 0) database.addLogs(run.id, logs);
  const some = (part: number): readonly RunId[] =>
    made.flatMap(({ run }) => (random.chance(part) ? [run.id] : []));
  database.star(some(0.04), true);
  for (const id of some(0.02)) database.note(id, noteOn(random));
  for (const tag of tagNames) database.tag(some(0.008), tag, true);
  for (const id of some(0.01)) database.trash([id], Math.floor(id / 1000) + 3_600_000);
}
