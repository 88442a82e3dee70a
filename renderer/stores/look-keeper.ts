import type { HistoryLook } from '../../shared/ipc/app.ts';
import { ask } from '../bridge.ts';
import { sayError } from '../ui/toasts.tsx';

/** Keeps how the list is shown for the next start, one write at a time: of what changes meanwhile only the last is written. */
export function lookKeeper(look: () => HistoryLook): () => void {
  let keeping = false;
  let changed = false;
  const keep = async (): Promise<void> => {
    changed = true;
    if (keeping) return;
    keeping = true;
    while (changed) {
      changed = false;
      const answer = await ask('app.setHistoryLook', { look: look() });
      if (!answer.ok) sayError(answer.error);
    }
    keeping = false;
  };
  return () => void keep();
}
