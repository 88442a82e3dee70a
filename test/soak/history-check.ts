import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isDeepStrictEqual } from 'node:util';
import type { History } from '../../electron/history/history.ts';
import { MediaStore } from '../../electron/history/media-store.ts';
import { parseQuery } from '../../shared/history/query.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { after } from './history-step.ts';
import type { Said, Standing, Step } from './history-step.ts';

export async function standingOf(history: History, id: RunId): Promise<Standing | null> {
  const [run, marks, logs] = await Promise.all([history.run(id), history.marks(id), history.logs(id)]);
  if (run === null || marks === null) return null;
  const [file] = run.media;
  return {
    over: isOver(run.state),
    logs: logs.map(({ message }) => message),
    sha256: file?.kind === 'stored' ? file.sha256 : null,
    star: marks.star,
    note: marks.note,
    tags: marks.tags,
    trashed: marks.deletedAt !== null,
  };
}

/** The steps of each run in their order, and whether the last of them was answered. */
export function stepsOf(said: readonly Said[]): ReadonlyMap<RunId, { steps: Step[]; open: boolean }> {
  const done = new Set(said.flatMap((event) => (event.type === 'done' ? [event.n] : [])));
  const steps = new Map<RunId, { steps: Step[]; open: boolean }>();
  for (const event of said) {
    if (event.type !== 'begins') continue;
    const before = steps.get(event.step.id)?.steps ?? [];
    steps.set(event.step.id, { steps: [...before, event.step], open: !done.has(event.n) });
  }
  return steps;
}

/** A run must stand as its last answered step left it, or as the one that was under way would have. */
export function faultOf(
  id: RunId,
  before: Standing | null,
  { steps, open }: { readonly steps: readonly Step[]; readonly open: boolean },
  there: Standing | null,
): string | null {
  const answered = (open ? steps.slice(0, -1) : steps).reduce(after, before);
  const last = steps.at(-1);
  const ways = open && last !== undefined ? [answered, after(answered, last)] : [answered];
  if (ways.some((way) => isDeepStrictEqual(way, there))) return null;
  const acts = steps.map(({ act }) => act.kind).join();
  return `run ${id} after ${acts}: ${JSON.stringify(there)} and not ${ways.map((way) => JSON.stringify(way)).join(' or ')}`;
}

/** Every word that was written is found, in the run it stands in and no other. */
export async function faultsOfSearch(
  history: History,
  words: ReadonlyMap<string, RunId>,
  standing: (id: RunId) => Standing | null,
): Promise<string[]> {
  const faults: string[] = [];
  for (const [word, id] of words) {
    const query = parseQuery(word, Date.now());
    const { ids } = await history.search({ query, order: 'newest', after: null, limit: 10 });
    const expected = standing(id)?.trashed === false ? [id] : [];
    if (!isDeepStrictEqual(ids, expected))
      faults.push(`${word} is found in ${ids.join()} and not ${expected.join()}`);
  }
  return faults;
}

/** A history whose files are those its rows name: of each run that is over, its file whole. */
export function faultsOfFiles(dir: string, standings: Iterable<Standing | null>): string[] {
  const media = new MediaStore(dir);
  return [...standings].flatMap((standing) => {
    if (standing === null || standing.sha256 === null) return [];
    return existsSync(media.pathOf(standing.sha256)) ? [] : [`the file ${standing.sha256} is not there`];
  });
}

/** SQLite's own check of the whole file, and of the index of words; and each row is in that index. */
export function faultsOfDatabase(dir: string): string[] {
  const db = new DatabaseSync(join(dir, 'history.db'));
  try {
    const faults = db
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => String(row['integrity_check']))
      .filter((line) => line !== 'ok');
    if (db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'run_words'").get() === undefined) return faults;
    db.exec("INSERT INTO run_words (run_words) VALUES ('integrity-check')");
    const outside = (sql: string, name: string): string[] => {
      const count = Number(db.prepare(sql).get()?.['count']);
      return count === 0 ? [] : [`${count} ${name}`];
    };
    return [
      ...faults,
      ...outside(
        'SELECT count(*) AS count FROM runs WHERE id NOT IN (SELECT id FROM run_words_docsize)',
        'rows are in no index',
      ),
      ...outside(
        'SELECT count(*) AS count FROM run_words_docsize WHERE id NOT IN (SELECT id FROM runs)',
        'rows of the index are of no run',
      ),
    ];
  } catch (error) {
    return [String(error)];
  } finally {
    db.close();
  }
}

/** All rows but these as one hash: what no step spoke of stays as it was. */
export function othersOf(dir: string, but: ReadonlySet<RunId>): string {
  const db = new DatabaseSync(join(dir, 'history.db'), { readOnly: true });
  try {
    const hash = createHash('sha256');
    const rows = db.prepare(
      'SELECT id, state, star, note, deleted_at, input, output, media FROM runs ORDER BY id',
    );
    for (const row of rows.iterate())
      if (!but.has(Number(row['id']))) hash.update(Object.values(row).join('\n'));
    return hash.digest('hex');
  } finally {
    db.close();
  }
}
