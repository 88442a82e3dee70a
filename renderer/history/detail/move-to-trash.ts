import type { RunId } from '../../../shared/runs/run.ts';
import { ask } from '../../bridge.ts';
import { sayError, sayProblem, sayWithUndo } from '../../ui/toasts.tsx';

/** Moves a run to the trash and offers the way back; true when it went. */
export async function moveToTrash(id: RunId): Promise<boolean> {
  const answer = await ask('history.trash', { ids: [id] });
  if (!answer.ok) {
    sayError(answer.error);
    return false;
  }
  if (!answer.value.includes(id)) {
    sayProblem('This run stays', 'It is still under way. Cancel it first, or wait until it is over.');
    return false;
  }
  const restore = async (): Promise<void> => {
    const back = await ask('history.restore', { ids: [id] });
    if (!back.ok) sayError(back.error);
  };
  sayWithUndo('Moved to the trash', undefined, () => void restore(), `trash:${id}`);
  return true;
}
