import type { ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { purgeRuns } from './actions.ts';

interface PurgeSheetProps {
  readonly title: string;
  /** Null for all that is in the trash. */
  readonly ids: readonly RunId[] | null;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** Asks before runs are deleted for good. */
export function PurgeSheet({ title, ids, open, onOpen }: PurgeSheetProps): ReactNode {
  return (
    <Sheet title={title} open={open} onOpen={onOpen} className="w-110 max-w-full">
      <div className="space-y-4 p-4">
        <p className="text-soft">
          Their requests, results, notes and logs go, and the files that no other run, draft or preset names.
          This cannot be undone. What fal keeps of them is not touched.
        </p>
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={() => onOpen(false)}>
            Keep them
          </Button>
          <Button
            onClick={() => {
              onOpen(false);
              void purgeRuns(ids);
            }}
            className="text-danger"
          >
            Delete for good
          </Button>
        </div>
      </div>
    </Sheet>
  );
}
