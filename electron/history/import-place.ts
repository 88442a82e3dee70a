import type { DatabaseSync } from 'node:sqlite';
import { sameJson, stringifyJson } from '../../shared/json.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { runAsJson } from './export-format.ts';
import { tryRun } from './rows.ts';

/** Where a run is in this history, or where it is to be put. */
export type Place =
  | { readonly kind: 'free'; readonly id: RunId }
  /** `own` is null where the row cannot be read. */
  | { readonly kind: 'here'; readonly id: RunId; readonly own: Run | null }
  /** Its id is taken, and so are all that follow. */
  | { readonly kind: 'none' };

/** How many ids after a taken one are looked at: more runs of the same microsecond are nobody's presses of a button. */
const NEAR = 1000;

/** `run` as it is to be put, which is over. */
export function placeOf(db: DatabaseSync, run: Run): Place {
  const row = db.prepare('SELECT * FROM runs WHERE id = ?').get(run.id);
  const own = row === undefined ? null : tryRun(row);
  if (own !== null && isSameRun(own, run)) return { kind: 'here', id: run.id, own };
  if (run.requestId !== null) {
    const other = db
      .prepare('SELECT * FROM runs WHERE request_id = ? AND endpoint_id = ? LIMIT 1')
      .get(run.requestId, run.endpointId);
    if (other !== undefined) return { kind: 'here', id: Number(other['id']), own: tryRun(other) };
  }
  return row === undefined ? { kind: 'free', id: run.id } : placeNear(db, run);
}

/** The next id that is free, a thousandth of a millisecond later each; the same way again finds what went it before. */
function placeNear(db: DatabaseSync, run: Run): Place {
  const last = run.id + NEAR;
  const alike = db
    .prepare('SELECT * FROM runs WHERE id > ? AND id <= ? AND endpoint_id = ? AND input = ? ORDER BY id')
    .iterate(run.id, last, run.endpointId, stringifyJson(run.input));
  for (const row of alike) {
    const other = tryRun(row);
    if (other === null) continue;
    const { id } = other;
    if (sameJson(runAsJson(other), runAsJson({ ...run, id }))) return { kind: 'here', id, own: other };
  }
  let free = run.id + 1;
  for (const row of db.prepare('SELECT id FROM runs WHERE id > ? AND id <= ? ORDER BY id').all(run.id, last))
    if (row['id'] === free) free += 1;
  return free <= last ? { kind: 'free', id: free } : { kind: 'none' };
}

/** The same press of the same button, whatever has become of it since. */
const isSameRun = (a: Run, b: Run): boolean =>
  a.endpointId === b.endpointId &&
  a.times.created === b.times.created &&
  (a.requestId === b.requestId || a.requestId === null || b.requestId === null) &&
  sameJson(a.input, b.input);

/**
 * Whether an export tells what became of a run whose end is not known here: as where it was under way when it was exported
 * before. `read` is as it was exported. Never both ways of two runs, so that no two exports take turns.
 */
export function knowsMore(read: Run, own: Run): boolean {
  if (!isOver(read.state)) return false;
  const { kind } = own.state;
  // It was being saved.
  if (kind === 'succeeded')
    return read.state.kind === 'succeeded' && own.media.length === 0 && read.media.length > 0;
  if ((kind !== 'lost' && kind !== 'cancelled') || own.output !== null || own.media.length > 0) return false;
  if (read.state.kind === 'succeeded' || read.state.kind === 'failed') return true;
  if (own.requestId === null && read.requestId !== null) return true;
  return kind === 'lost' && read.state.kind === 'cancelled' && own.requestId === read.requestId;
}
