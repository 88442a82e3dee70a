import { ArchiveRestore, Columns2, Star, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { useChosen } from '../stores/chosen.ts';
import { useFound } from '../stores/found.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { findsTrash } from './about-trash.ts';
import { restoreRuns, starRuns, trashRuns } from './actions.ts';
import { shareOf } from './marks-of.ts';
import { ExportChosen } from './out-menu.tsx';
import { PurgeSheet } from './purge-sheet.tsx';
import { TagMenu } from './tag-menu.tsx';
import { useMarksOf } from './use-marks-of.ts';
import { runsWords } from './words.ts';

interface SelectionBarProps {
  readonly onCompare: (ids: readonly RunId[]) => void;
}

/** What can be done with all runs that are selected; nothing where none is. */
export function SelectionBar({ onCompare }: SelectionBarProps): ReactNode {
  const chosen = useChosen((state) => state.ids);
  const clear = useChosen((state) => state.clear);
  const inTrash = useFound((state) => findsTrash(state.text));
  const read = useMarksOf(chosen);
  const starred = read !== null && shareOf(read.marks.stars, read.marks) === 'all';
  const [purging, setPurging] = useState(false);
  const ids = [...chosen];
  return (
    <>
      {ids.length > 0 && (
        <div
          role="toolbar"
          aria-label="Selected runs"
          className="flex min-h-12 shrink-0 flex-wrap items-center gap-2 border-t border-line bg-panel px-4 py-2"
        >
          <p className="tabular min-w-24 flex-1 truncate">{ids.length.toLocaleString('en-US')} selected</p>
          {inTrash ? (
            <>
              <Button onClick={() => void restoreRuns(ids)}>
                <ArchiveRestore size={14} aria-hidden />
                Restore
              </Button>
              <Button onClick={() => setPurging(true)}>Delete for good…</Button>
            </>
          ) : (
            <>
              <Button onClick={() => void starRuns(ids)}>
                <Star size={14} aria-hidden fill={starred ? 'currentColor' : 'none'} />
                {starred ? 'Take the star away' : 'Star'}
              </Button>
              <TagMenu ids={ids} marks={read?.ids === chosen ? read.marks : null} />
              {ids.length >= 2 && ids.length <= 4 && (
                <Button onClick={() => onCompare(ids)}>
                  <Columns2 size={14} aria-hidden />
                  Compare
                </Button>
              )}
              <ExportChosen ids={() => ids} />
              <Button onClick={() => void trashRuns(ids)}>
                <Trash2 size={14} aria-hidden />
                Move to the trash
              </Button>
            </>
          )}
          <IconButton label="Clear the selection" shortcut="Esc" onClick={clear}>
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      )}
      <PurgeSheet
        title={`Delete ${runsWords(ids.length)} for good?`}
        ids={ids}
        open={purging && ids.length > 0}
        onOpen={setPurging}
      />
    </>
  );
}
