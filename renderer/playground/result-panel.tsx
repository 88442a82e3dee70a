import { Image } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRuns } from '../stores/runs.ts';
import { keysText } from '../ui/kbd.tsx';
import { State } from '../ui/state.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { JsonView } from '../viewers/json-view.tsx';
import { LogsView } from '../viewers/logs-view.tsx';
import { ResultView } from '../viewers/result-view.tsx';
import { TimingView } from '../viewers/timing-view.tsx';
import { RecentStrip } from './recent-strip.tsx';
import { RunProgress } from './run-progress.tsx';
import { StatusBar } from './status-bar.tsx';

const TABS = [
  { value: 'preview', label: 'Preview' },
  { value: 'json', label: 'JSON' },
  { value: 'logs', label: 'Logs' },
  { value: 'timing', label: 'Timing' },
] as const;
type Tab = (typeof TABS)[number]['value'];

/** What comes of a run: while it goes, and when it is there. */
export function ResultPanel({ endpointId }: { readonly endpointId: string }): ReactNode {
  const [tab, setTab] = useState<Tab>('preview');
  const shown = usePlayground((state) => state.shown[endpointId]);
  const newest = useRuns((state) => state.recent[endpointId]?.[0]);
  // Where nothing was chosen, the last result is what a person comes back to.
  const id = shown === undefined ? newest : (shown ?? undefined);
  const run = useRuns((state) => (id === undefined ? undefined : state.runs[id]));
  const loadLogs = useRuns((state) => state.loadLogs);
  const hasLogs = useRuns((state) => id !== undefined && state.logs[id] !== undefined);
  const over = run !== undefined && isOver(run.state);
  useEffect(() => {
    if (id !== undefined && over && !hasLogs) void loadLogs(id);
  }, [id, over, hasLogs, loadLogs]);

  return (
    <section aria-label="Result" className="flex min-h-0 min-w-0 flex-col">
      <Tabs label="Views of the result" tabs={TABS} value={tab} onChange={setTab}>
        {run === undefined ? (
          <State
            icon={<Image size={32} strokeWidth={1.25} aria-hidden />}
            title="Nothing has run yet"
            text={`Fill in the request and press ${keysText('Mod+Enter')}. Every result is kept on this computer.`}
          />
        ) : (
          <TabView tab={tab} run={run} />
        )}
      </Tabs>
      <RecentStrip endpointId={endpointId} shown={id} />
      <StatusBar run={run} />
    </section>
  );
}

function TabView({ tab, run }: { readonly tab: Tab; readonly run: Run }): ReactNode {
  switch (tab) {
    case 'preview':
      return isOver(run.state) ? <ResultView key={run.id} run={run} reuse /> : <RunProgress run={run} />;
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
