import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { RunProgress } from '../playground/run-progress.tsx';
import { useApp } from '../stores/app.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRuns } from '../stores/runs.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { JsonView } from '../viewers/json-view.tsx';
import { LogsView } from '../viewers/logs-view.tsx';
import { ResultView } from '../viewers/result-view.tsx';
import { TimingView } from '../viewers/timing-view.tsx';
import { titleOf } from '../viewers/title.ts';

const TABS = [
  { value: 'result', label: 'Result' },
  { value: 'json', label: 'JSON' },
  { value: 'logs', label: 'Logs' },
  { value: 'timing', label: 'Timing' },
] as const;
type Tab = (typeof TABS)[number]['value'];

/** One run in full, and the way back to it as a request. */
export function RunDetail({ id, onClose }: { readonly id: RunId; readonly onClose: () => void }): ReactNode {
  const run = useRuns((state) => state.runs[id]);
  const loadLogs = useRuns((state) => state.loadLogs);
  const openRequest = usePlayground((state) => state.open);
  const go = useApp((state) => state.go);
  const [tab, setTab] = useState<Tab>('result');
  useEffect(() => void loadLogs(id), [id, loadLogs]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && !event.defaultPrevented) onClose();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [onClose]);
  if (run === undefined) return null;
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
        <Button
          look="primary"
          onClick={() => {
            go('playground');
            void openRequest(run.endpointId, run.input, run.id);
          }}
        >
          Open as request
        </Button>
        <IconButton label="Close" shortcut="Esc" side="bottom" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <Tabs label="Views of the run" tabs={TABS} value={tab} onChange={setTab}>
        <TabView tab={tab} run={run} />
      </Tabs>
    </section>
  );
}

function TabView({ tab, run }: { readonly tab: Tab; readonly run: Run }): ReactNode {
  switch (tab) {
    case 'result':
      return isOver(run.state) ? <ResultView run={run} /> : <RunProgress run={run} />;
    case 'json':
      return <JsonView run={run} />;
    case 'logs':
      return <LogsView run={run} />;
    case 'timing':
      return <TimingView run={run} />;
    default:
      return assertNever(tab);
  }
}
