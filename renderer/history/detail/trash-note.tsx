import type { ReactNode } from 'react';
import type { RunId } from '../../../shared/runs/run.ts';
import { ask } from '../../bridge.ts';
import { Button } from '../../ui/button.tsx';
import { say, sayError } from '../../ui/toasts.tsx';

interface TrashNoteProps {
  readonly id: RunId;
  /** Milliseconds since 1970. */
  readonly deletedAt: number;
}

/** That a run lies in the trash, since when, and the way out. */
export function TrashNote({ id, deletedAt }: TrashNoteProps): ReactNode {
  const restore = async (): Promise<void> => {
    const answer = await ask('history.restore', { ids: [id] });
    if (answer.ok) say('Taken out of the trash');
    else sayError(answer.error);
  };
  return (
    <div className="flex flex-wrap items-center justify-between gap-2 rounded-md border border-line bg-raised py-1 pr-1 pl-3">
      <p className="tabular">In the trash since {new Date(deletedAt).toLocaleDateString()}</p>
      <Button className="h-7" onClick={() => void restore()}>
        Restore
      </Button>
    </div>
  );
}
