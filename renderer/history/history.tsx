import { Images } from 'lucide-react';
import type { ReactNode } from 'react';
import { TopBar } from '../app/top-bar.tsx';
import { useApp } from '../stores/app.ts';
import { useRuns } from '../stores/runs.ts';
import { Button } from '../ui/button.tsx';
import { State } from '../ui/state.tsx';
import { HistoryGrid } from './history-grid.tsx';
import { RunDetail } from './run-detail.tsx';

/** Every run of this computer, newest first, and the one that is open beside them. */
export function History(): ReactNode {
  const ids = useRuns((state) => state.history);
  const go = useApp((state) => state.go);
  const open = useApp((state) => state.openRun);
  const setOpen = useApp((state) => state.setOpenRun);
  return (
    <>
      <TopBar>
        <h1 className="font-medium">History</h1>
      </TopBar>
      {ids?.length === 0 && (
        <State
          icon={<Images size={32} strokeWidth={1.25} aria-hidden />}
          title="Nothing here yet"
          text="Every run is kept on this computer: its request, its result and its files. They stay when fal has long deleted them."
          action={<Button onClick={() => go('playground')}>Open the playground</Button>}
        />
      )}
      {ids !== null && ids.length > 0 && (
        <div className="flex min-h-0 flex-1">
          <HistoryGrid ids={ids} open={open} onOpen={setOpen} />
          {open !== null && <RunDetail key={open} id={open} onClose={() => setOpen(null)} />}
        </div>
      )}
    </>
  );
}
