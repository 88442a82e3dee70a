import type { AppError } from '../../shared/fal/errors.ts';
import type { MarksOf } from '../../shared/history/card.ts';
import { MOST_RUNS } from '../../shared/history/most.ts';
import type { Answer } from '../../shared/ipc/define.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { useApp } from '../stores/app.ts';
import { nearest, useFound } from '../stores/found.ts';
import { say, sayError, sayWithUndo, undoStands } from '../ui/toasts.tsx';
import { fileSize } from '../viewers/words.ts';
import { shareOf, sumMarks } from './marks-of.ts';
import { runsWords } from './words.ts';

/** What main says of their marks: of most runs that are selected no card is held. Null where it cannot; that is said. */
export async function marksOf(ids: readonly RunId[]): Promise<MarksOf | null> {
  const { values, error } = await inTurn(piecesOf(ids), (piece) => ask('history.marksOf', { ids: piece }));
  if (error === null) return sumMarks(values);
  sayError(error);
  return null;
}

/** Stars runs; where all of them are starred already, takes the stars away. */
export async function starRuns(ids: readonly RunId[]): Promise<void> {
  const marks = await marksOf(ids);
  if (marks === null) return;
  const star = shareOf(marks.stars, marks) !== 'all';
  const { error } = await inTurn(piecesOf(ids), (piece) => ask('history.star', { ids: piece, star }));
  if (error !== null) sayError(error);
}

export async function tagRuns(ids: readonly RunId[], tag: string, on: boolean): Promise<void> {
  const { error } = await inTurn(piecesOf(ids), (piece) => ask('history.tag', { ids: piece, tag, on }));
  if (error !== null) sayError(error);
}

/** Those that one word offers to bring back, as long as it stands. */
let undoable: readonly RunId[] = [];

/**
 * Puts runs into the trash, from where they come back by Undo: all that went while its word stands. What is in the trash already
 * stays there.
 */
export async function trashRuns(ids: readonly RunId[]): Promise<void> {
  const { values, error } = await inTurn(piecesOf(ids), (piece) => ask('history.trash', { ids: piece }));
  const gone = values.flatMap((value) => value.gone);
  const left = values.reduce((sum, value) => sum + value.left, 0);
  if (error !== null) sayError(error);
  else if (left > 0) say(`${runsWords(left)} still under way`, 'What is under way cannot go to the trash.');
  if (gone.length === 0) return;
  leave(gone);
  const all = undoStands('trash') ? [...new Set([...undoable, ...gone])] : gone;
  undoable = all;
  sayWithUndo(`${runsWords(all.length)} moved to the trash`, undefined, () => void restoreRuns(all), 'trash');
}

export async function restoreRuns(ids: readonly RunId[]): Promise<void> {
  const { error } = await inTurn(piecesOf(ids), (piece) => ask('history.restore', { ids: piece }));
  if (error !== null) sayError(error);
}

/** Deletes runs of the trash for good; all of them where none is named. */
export async function purgeRuns(ids: readonly RunId[] | null): Promise<void> {
  const pieces = ids === null ? [null] : piecesOf(ids);
  const { values, error } = await inTurn(pieces, (piece) => ask('history.purge', { ids: piece }));
  if (error !== null) sayError(error);
  if (values.length === 0) return;
  if (ids !== null) leave(pieces.slice(0, values.length).flatMap((piece) => piece ?? []));
  const runs = values.reduce((sum, value) => sum + value.runs, 0);
  const bytes = values.reduce((sum, value) => sum + value.bytes, 0);
  say(`${runsWords(runs)} deleted for good`, bytes === 0 ? undefined : `${fileSize(bytes)} freed.`);
}

/** As many as one command takes, each. */
const piecesOf = (ids: readonly RunId[]): RunId[][] =>
  Array.from({ length: Math.ceil(ids.length / MOST_RUNS) }, (_, n) =>
    ids.slice(n * MOST_RUNS, (n + 1) * MOST_RUNS),
  );

/** One command for each, one after the other, as far as it goes: what came of them, and why it ended. */
async function inTurn<Piece, Value>(
  pieces: readonly Piece[],
  act: (piece: Piece) => Promise<Answer<Value>>,
): Promise<{ readonly values: readonly Value[]; readonly error: AppError | null }> {
  const values: Value[] = [];
  for (const piece of pieces) {
    const answer = await act(piece);
    if (!answer.ok) return { values, error: answer.error };
    values.push(answer.value);
  }
  return { values, error: null };
}

/** What is in sight goes on without them: the run beside the list gives way to the next. */
function leave(gone: readonly RunId[]): void {
  const { openRun, setOpenRun } = useApp.getState();
  const { ids, leaveOut } = useFound.getState();
  if (openRun !== null && gone.includes(openRun))
    setOpenRun(ids === null ? null : nearest(ids, openRun, new Set(gone)));
  leaveOut(gone);
}
