import { X, Zap } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { openWith } from '../form/begin-with.ts';
import { takeOver } from '../form/take-over.ts';
import { useApp } from '../stores/app.ts';
import { useLive } from '../stores/live.ts';
import { useRuns } from '../stores/runs.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { RunViews } from '../viewers/run-views.tsx';
import { titleOf } from '../viewers/title.ts';

const SAID = 'Filled from a run in History';

/** One run in full, and the way back to it as a request. */
export function RunDetail({ id, onClose }: { readonly id: RunId; readonly onClose: () => void }): ReactNode {
  const run = useRuns((state) => state.runs[id]);
  const openLive = useLive((state) => state.open);
  const go = useApp((state) => state.go);
  if (run === undefined) return null;
  const { endpointId, input } = run;
  const live = run.origin === 'live';
  return (
    <section
      aria-label="Run"
      className="flex w-[min(46rem,58%)] shrink-0 flex-col border-l border-line bg-panel"
    >
      <div className="flex items-start gap-3 border-b border-line p-4">
        <div className="min-w-0 flex-1">
          <h2 className="line-clamp-3 select-text">{titleOf(run)}</h2>
          <p className="truncate pt-0.5 text-xs text-faint">
            <span className="font-mono">{run.endpointId}</span> ·{' '}
            {new Date(run.times.created).toLocaleString()}
          </p>
        </div>
        {live && (
          <Button
            look="primary"
            onClick={() => {
              go('realtime');
              void openWith({ endpointId, input, said: SAID }, () => openLive(endpointId, input));
            }}
          >
            <Zap size={14} aria-hidden />
            Open in Realtime
          </Button>
        )}
        <Button
          look={live ? 'plain' : 'primary'}
          onClick={() => {
            go('playground');
            void takeOver(run, SAID);
          }}
        >
          Open as request
        </Button>
        <IconButton label="Close" shortcut="Esc" side="bottom" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <RunViews run={run} empty={null} reuse={false} />
    </section>
  );
}
