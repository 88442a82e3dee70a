import type { ReactNode } from 'react';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { RunStrip } from '../viewers/run-strip.tsx';

/** The frames kept of this model since it was opened, newest first; each leads to its row in the history. */
export function KeptStrip(): ReactNode {
  const kept = useLive((state) => state.kept);
  const showInHistory = useApp((state) => state.showInHistory);
  return (
    <RunStrip
      label="Kept frames"
      ids={kept}
      nameOf={(run) => `Kept at ${new Date(run.times.created).toLocaleTimeString()}, show in History`}
      onPick={showInHistory}
    />
  );
}
