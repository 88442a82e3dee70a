import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { openHistory } from '../../electron/history/history.ts';
import type { OpenedHistory } from '../../electron/history/history.ts';
import { MediaStore } from '../../electron/history/media-store.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { generateHistory } from '../history/generate.ts';
import {
  faultOf,
  faultsOfDatabase,
  faultsOfFiles,
  faultsOfSearch,
  othersOf,
  standingOf,
  stepsOf,
} from './history-check.ts';
import { saidSchema } from './history-step.ts';
import type { Said, Standing } from './history-step.ts';
import { faultsOfMedia } from './kill-check.ts';
import { Random } from './random.ts';

export interface HistoryKillsOptions {
  readonly rounds: number;
  /** In the history before the first round. */
  readonly rows: number;
  readonly seed: number;
  /** The whole file is looked through after every so many rounds, and after the last. */
  readonly wholeEvery: number;
  /** Answered steps before a kill, at most. */
  readonly most: number;
  readonly done?: (report: HistoryRound, ms: number) => void;
}

export interface HistoryRound {
  readonly round: number;
  /** Steps that were answered before the kill. */
  readonly answered: number;
  readonly begun: number;
  readonly faults: readonly string[];
}

/** Of what a round wrote, so many words are looked for. */
const LOOKED_FOR = 12;
const worker = new URL('../../electron/history/worker.ts', import.meta.url);

/** One history through many lives: each is written to, killed, opened and compared with what it had answered. */
export async function historyKills(options: HistoryKillsOptions): Promise<readonly HistoryRound[]> {
  const { rounds, rows, seed, most, wholeEvery, done } = options;
  const now = Date.UTC(2026, 9, 1);
  const place = mkdtempSync(join(tmpdir(), 'soak-'));
  const [base, dir] = [join(place, 'base'), join(place, 'killed')];
  try {
    await generateHistory({
      dir: base,
      runs: rows,
      files: Math.ceil(rows / 50),
      models: 30,
      seed,
      until: now,
    });
    mkdirSync(dir);
    cpSync(join(base, 'history.db'), join(dir, 'history.db'));
    const beginning = await openHistory(base, worker);
    const lives = new Lives(dir, beginning, { seed, now, most });
    const reports: HistoryRound[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const began = performance.now();
      const last = round === rounds - 1;
      const report = await lives.round(round, last || (round + 1) % wholeEvery === 0);
      const others = last ? lives.faultsOfOthers(base) : [];
      reports.push({ ...report, faults: [...report.faults, ...others] });
      done?.({ ...report, faults: [...report.faults, ...others] }, performance.now() - began);
    }
    await beginning.history.close();
    return reports;
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

class Lives {
  readonly #dir: string;
  readonly #beginning: OpenedHistory;
  readonly #seed: number;
  readonly #now: number;
  readonly #most: number;
  /** Of each run that any life touched, how it stood after the last one. */
  readonly #known = new Map<RunId, Standing | null>();
  readonly #ours = new Set<RunId>();

  constructor(
    dir: string,
    beginning: OpenedHistory,
    { seed, now, most }: { readonly seed: number; readonly now: number; readonly most: number },
  ) {
    this.#dir = dir;
    this.#beginning = beginning;
    this.#seed = seed;
    this.#now = now;
    this.#most = most;
  }

  async round(round: number, whole: boolean): Promise<HistoryRound> {
    const random = new Random(this.#seed * 1_000_003 + round);
    const { said, errors } = await killedAfter(
      { dir: this.#dir, seed: this.#seed * 1000 + round, now: this.#now + round * 60_000 },
      // The first moments count too: one in ten is killed as soon as the history is open.
      random.chance(0.1) ? 0 : 1 + random.below(this.#most),
    );
    const faults = errors === '' ? [] : [errors];
    for (const event of said)
      if (event.type === 'opened' && (event.setAside ?? event.unwritable) !== null)
        faults.push(`the history did not open: ${event.setAside ?? event.unwritable}`);
    // As the next start of the program does, which clears what was half written.
    await new MediaStore(this.#dir).open();
    const opened = await openHistory(this.#dir, worker);
    const { history } = opened;
    if ((opened.setAside ?? opened.unwritable) !== null) faults.push('the history does not open any more');
    const words = new Map<string, RunId>();
    for (const [id, steps] of stepsOf(said)) {
      if (steps.steps.some(({ act }) => act.kind === 'started')) this.#ours.add(id);
      const known = this.#known.get(id);
      const before = known === undefined ? await standingOf(this.#beginning.history, id) : known;
      const there = await standingOf(history, id);
      const fault = faultOf(id, before, steps, there);
      if (fault !== null) faults.push(fault);
      this.#known.set(id, there);
      const [word] = steps.steps.flatMap(({ act }) => (act.kind === 'started' ? [act.word] : []));
      if (word !== undefined) words.set(word, id);
      if (there !== null && there.note.endsWith('end')) words.set(there.note, id);
    }
    const some = new Map([...words].toSorted(() => random.next() - 0.5).slice(0, LOOKED_FOR));
    faults.push(...(await faultsOfSearch(history, some, (id) => this.#known.get(id) ?? null)));
    await history.close();
    faults.push(
      ...faultsOfFiles(
        this.#dir,
        [...this.#ours].map((id) => this.#known.get(id) ?? null),
      ),
    );
    if (whole) faults.push(...faultsOfDatabase(this.#dir), ...faultsOfMedia(this.#dir));
    const answered = said.filter(({ type }) => type === 'done').length;
    return { round, answered, begun: said.filter(({ type }) => type === 'begins').length, faults };
  }

  /** Rows that no step of any life spoke of. */
  faultsOfOthers(base: string): string[] {
    const but = new Set(this.#known.keys());
    return othersOf(base, but) === othersOf(this.#dir, but) ? [] : ['rows changed that nobody wrote to'];
  }
}

/** A life of the program that is killed when it has said that so many steps were answered. */
async function killedAfter(
  order: { readonly dir: string; readonly seed: number; readonly now: number },
  enough: number,
): Promise<{ readonly said: readonly Said[]; readonly errors: string }> {
  const child = fileURLToPath(new URL('./history-child.ts', import.meta.url));
  const program = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', child, JSON.stringify(order)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let errors = '';
  program.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  const said: Said[] = [];
  let answered = 0;
  const lines = createInterface({ input: program.stdout });
  lines.on('line', (line) => {
    // The kill may have come in the middle of a line.
    if (!line.endsWith('}')) return;
    const event = saidSchema.parse(JSON.parse(line));
    said.push(event);
    if (event.type === 'done') answered += 1;
    if (event.type !== 'begins' && answered >= enough) program.kill('SIGKILL');
  });
  const closed = Promise.all([
    new Promise<void>((resolve) => program.once('close', () => resolve())),
    new Promise<void>((resolve) => lines.once('close', () => resolve())),
  ]);
  await closed;
  return { said, errors };
}
