import type { DatabaseSync } from 'node:sqlite';
import { appError } from '../../shared/fal/errors.ts';
import { assertNever } from '../../shared/result.ts';
import type { Amount, Money } from '../../shared/runs/asked.ts';
import type { Run, RunId, RunState } from '../../shared/runs/run.ts';
import { readExportedRun } from './export-format.ts';
import type { ExportedFile, ExportedRun } from './export-format.ts';
import { AGAIN, filesOf } from './facts.ts';
import { knowsMore, placeOf } from './import-place.ts';
import { marksOf, setNote, setStar, setTag } from './marks.ts';
import { putRun } from './runs-table.ts';
import { addLogs, logsOf } from './small-tables.ts';
import { together } from './statements.ts';

/** What a line of an export is, before anything of it is taken in. */
export type SeenLine =
  | { readonly ok: true; readonly files: readonly ExportedFile[] }
  | { readonly ok: false; readonly why: string };

/** `here`: the history has this run already, and what was marked on it is put together. */
export type TakenLine = 'new' | 'here' | 'unreadable';

/**
 * Reads lines in the history's own thread, which a long one does not hold the window up in. Of a run that is here and stays as
 * it is only the files that it names: of all others nothing here would tell.
 */
export function seeLines(db: DatabaseSync, lines: readonly string[], now: number): SeenLine[] {
  return lines.map((line) => {
    const read = readable(line, now);
    if (!read.ok) return { ok: false, why: read.error };
    const { run, files } = read.value;
    const place = placeOf(db, asOver(run));
    switch (place.kind) {
      case 'none':
        return { ok: false, why: 'one of too many runs of the same id' };
      case 'free':
        return { ok: true, files };
      case 'here': {
        if (place.own === null) return { ok: true, files: [] };
        if (knowsMore(run, place.own)) return { ok: true, files };
        const named = filesOf(place.own);
        return { ok: true, files: files.filter(({ sha256 }) => named.includes(sha256)) };
      }
      default:
        return assertNever(place);
    }
  });
}

/** Takes in runs, all of these or none: a kill leaves whole runs only. `now` in milliseconds since 1970. */
export function takeLines(db: DatabaseSync, lines: readonly string[], now: number): TakenLine[] {
  // Begun as a write: another program that takes in the same waits, and then sees what this one did.
  return together(db, () => lines.map((line) => takeLine(db, line, now)));
}

function readable(line: string, now: number): ReturnType<typeof readExportedRun> {
  const read = readExportedRun(line);
  // A later id would be given again to a run that is made here when that time comes.
  return read.ok && read.value.run.id >= now * 1000
    ? { ok: false, error: 'made later than this computer’s clock says it is' }
    : read;
}

function takeLine(db: DatabaseSync, line: string, now: number): TakenLine {
  const read = readable(line, now);
  if (!read.ok) return 'unreadable';
  const { run, marks, logs } = read.value;
  const over = asOver(run);
  const place = placeOf(db, over);
  switch (place.kind) {
    case 'none':
      return 'unreadable';
    case 'free':
      putRun(db, { ...over, id: place.id });
      addLogs(db, place.id, logs);
      mergeMarks(db, place.id, marks);
      return 'new';
    case 'here':
      if (place.own !== null && knowsMore(run, place.own)) {
        putRun(db, { ...over, id: place.id });
        // Logs only grow.
        addLogs(db, place.id, logs.slice(logsOf(db, place.id).length));
      }
      mergeMarks(db, place.id, marks);
      return 'here';
    default:
      return assertNever(place);
  }
}

/** Tags are united, a star stays, and a note takes the place of none but an empty one. */
function mergeMarks(db: DatabaseSync, id: RunId, { star, note, tags }: ExportedRun['marks']): void {
  const ours = marksOf(db, id);
  if (star && ours?.star !== true) setStar(db, [id], true);
  if (note !== '' && (ours?.note ?? '') === '') setNote(db, id, note);
  for (const tag of tags) setTag(db, [id], tag, true);
  const now = marksOf(db, id);
  if (now?.note === ours?.note && now?.tags.length === ours?.tags.length) return;
  // Their words are read into the index in the background.
  db.prepare(`UPDATE runs SET indexed = ${AGAIN} WHERE id = ? AND indexed > 0`).run(id);
}

/**
 * A run that was under way when it was exported is nobody's to follow here: the program it was made with does that, and pays.
 * What was never sent ends as cancelled, what had its result as succeeded, all else as lost.
 */
function asOver(run: Run): Run {
  return { ...run, state: overState(run), money: sane(run.money) };
}

/** More than any run costs, in any currency: sums of what is beyond it are no sums. */
const MOST = 1e9;

/** What is beyond all reason is not known. */
function sane({ estimate, price, billableUnits }: Money): Money {
  const charged = (price?.amount ?? 0) * (billableUnits ?? 0);
  return {
    estimate: saneAmount(estimate),
    price: saneAmount(price),
    billableUnits: Math.abs(billableUnits ?? 0) <= MOST && Math.abs(charged) <= MOST ? billableUnits : null,
  };
}

const saneAmount = <T extends Amount>(amount: T | null): T | null =>
  amount !== null && Math.abs(amount.amount) <= MOST ? amount : null;

function overState({ state, requestId }: Run): RunState {
  switch (state.kind) {
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'lost':
    case 'unconfirmed':
      return state;
    case 'waiting':
    case 'uploading':
      return { kind: 'cancelled', word: null };
    case 'saving':
      return { kind: 'succeeded' };
    case 'submitting':
    case 'confirming':
    case 'queued':
    case 'running':
    case 'fetching':
    case 'cancelling':
      return {
        kind: 'lost',
        error: appError('lost', 'This run was under way when it was exported', {
          hint: 'It is not followed here, and nothing is sent for it. What became of it is known where it was made, and at fal.',
          requestId,
        }),
      };
    default:
      return assertNever(state);
  }
}
