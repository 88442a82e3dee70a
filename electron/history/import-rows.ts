import type { DatabaseSync } from 'node:sqlite';
import { appError } from '../../shared/fal/errors.ts';
import { sameJson } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';
import type { Run, RunId, RunState } from '../../shared/runs/run.ts';
import { readExportedRun, runAsJson } from './export-format.ts';
import type { ExportedFile, ExportedRun } from './export-format.ts';
import { marksOf, setNote, setStar, setTag } from './marks.ts';
import { tryRun } from './rows.ts';
import { putRun } from './runs-table.ts';
import { addLogs } from './small-tables.ts';
import { together } from './statements.ts';

/** What a line of an export is, before anything of it is taken in. */
export type SeenLine =
  | { readonly ok: true; readonly files: readonly ExportedFile[] }
  | { readonly ok: false; readonly why: string };

/** `here`: the history has this run already, and what was marked on it is put together. */
export type TakenLine = 'new' | 'here' | 'unreadable';

/** Reads lines in the history's own thread, which a long one does not hold the window up in. */
export function seeLines(lines: readonly string[], now: number): SeenLine[] {
  return lines.map((line) => {
    const read = readable(line, now);
    return read.ok ? { ok: true, files: read.value.files } : { ok: false, why: read.error };
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
  const { marks, logs } = read.value;
  const run = asOver(read.value.run);
  const place = placeOf(db, run);
  if (!place.here) {
    putRun(db, { ...run, id: place.id });
    addLogs(db, place.id, logs);
  }
  mergeMarks(db, place.id, marks);
  return place.here ? 'here' : 'new';
}

/** Where the run is in this history, or where it is to be put. */
function placeOf(db: DatabaseSync, run: Run): { readonly here: boolean; readonly id: RunId } {
  const there = db.prepare('SELECT * FROM runs WHERE id = ?');
  const row = there.get(run.id);
  const own = row === undefined ? null : tryRun(row);
  if (own !== null && isSameRun(own, run)) return { here: true, id: run.id };
  if (run.requestId !== null) {
    const other = db
      .prepare('SELECT id FROM runs WHERE request_id = ? AND endpoint_id = ? LIMIT 1')
      .get(run.requestId, run.endpointId);
    if (other !== undefined) return { here: true, id: Number(other['id']) };
  }
  if (row === undefined) return { here: false, id: run.id };
  // The next id that is free, a thousandth of a millisecond later each; the same way again finds what went it before.
  for (let id = run.id + 1; ; id += 1) {
    const taken = there.get(id);
    if (taken === undefined) return { here: false, id };
    const other = tryRun(taken);
    if (other !== null && sameJson(runAsJson({ ...other, id }), runAsJson({ ...run, id })))
      return { here: true, id };
  }
}

/** The same press of the same button, whatever has become of it since. */
const isSameRun = (a: Run, b: Run): boolean =>
  a.endpointId === b.endpointId &&
  a.times.created === b.times.created &&
  (a.requestId === b.requestId || a.requestId === null || b.requestId === null) &&
  sameJson(a.input, b.input);

/** Tags are united, a star stays, and a note takes the place of none but an empty one. */
function mergeMarks(db: DatabaseSync, id: RunId, { star, note, tags }: ExportedRun['marks']): void {
  const ours = marksOf(db, id);
  if (star && ours?.star !== true) setStar(db, [id], true);
  if (note !== '' && (ours?.note ?? '') === '') setNote(db, id, note);
  for (const tag of tags) setTag(db, [id], tag, true);
}

/**
 * A run that was under way when it was exported is nobody's to follow here: the program it was made with does that, and pays.
 * What was never sent ends as cancelled, what had its result as succeeded, all else as lost.
 */
function asOver(run: Run): Run {
  return { ...run, state: overState(run) };
}

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
