import type { RunId } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { useApp } from '../stores/app.ts';
import { useCards } from '../stores/cards.ts';
import { useChosen } from '../stores/chosen.ts';
import { nearest, useFound } from '../stores/found.ts';
import { say, sayError, sayWithUndo } from '../ui/toasts.tsx';
import { fileSize } from '../viewers/words.ts';
import { runsWords } from './words.ts';

/** Stars runs; where all of them are starred already, takes the stars away. */
export async function starRuns(ids: readonly RunId[]): Promise<void> {
  const { cards } = useCards.getState();
  const star = !ids.every((id) => cards.get(id)?.star === true);
  const answer = await ask('history.star', { ids: [...ids], star });
  if (!answer.ok) sayError(answer.error);
}

export async function tagRuns(ids: readonly RunId[], tag: string, on: boolean): Promise<void> {
  const answer = await ask('history.tag', { ids: [...ids], tag, on });
  if (!answer.ok) sayError(answer.error);
}

/** Puts runs into the trash, from where they come back by Undo. What is in the trash already stays there. */
export async function trashRuns(ids: readonly RunId[]): Promise<void> {
  const answer = await ask('history.trash', { ids: [...ids] });
  if (!answer.ok) return sayError(answer.error);
  const gone = answer.value;
  if (gone.length < ids.length) {
    const { cards } = useCards.getState();
    const left = ids.filter((id) => !gone.includes(id) && cards.get(id)?.deletedAt == null).length;
    if (left > 0) say(`${runsWords(left)} still under way`, 'What is under way cannot go to the trash.');
  }
  if (gone.length === 0) return;
  leave(gone);
  sayWithUndo(
    `${runsWords(gone.length)} moved to the trash`,
    undefined,
    () => void restoreRuns(gone),
    'trash',
  );
}

export async function restoreRuns(ids: readonly RunId[]): Promise<void> {
  const answer = await ask('history.restore', { ids: [...ids] });
  if (!answer.ok) sayError(answer.error);
}

/** Deletes runs of the trash for good; all of them where none is named. */
export async function purgeRuns(ids: readonly RunId[] | null): Promise<void> {
  const answer = await ask('history.purge', { ids: ids === null ? null : [...ids] });
  if (!answer.ok) return sayError(answer.error);
  if (ids !== null) leave(ids);
  const { runs, bytes } = answer.value;
  say(`${runsWords(runs)} deleted for good`, bytes === 0 ? undefined : `${fileSize(bytes)} freed.`);
}

/** What is in sight goes on without them: the run beside the list gives way to the next. */
function leave(gone: readonly RunId[]): void {
  const { openRun, setOpenRun } = useApp.getState();
  const { ids, leaveOut } = useFound.getState();
  if (openRun !== null && gone.includes(openRun))
    setOpenRun(ids === null ? null : nearest(ids, openRun, new Set(gone)));
  leaveOut(gone);
  useChosen.getState().clear();
}
