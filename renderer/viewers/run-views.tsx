import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { useRuns } from '../stores/runs.ts';
import { Tabs } from '../ui/tabs.tsx';
import { JsonView } from './json-view.tsx';
import { LogsView } from './logs-view.tsx';
import { RunPreview } from './run-preview.tsx';
import { TimingView } from './timing-view.tsx';

const TABS = [
  { value: 'preview', label: 'Preview' },
  { value: 'json', label: 'JSON' },
  { value: 'logs', label: 'Logs' },
  { value: 'timing', label: 'Timing' },
] as const;
type Tab = (typeof TABS)[number]['value'];

interface MoreView {
  readonly value: string;
  readonly label: string;
  readonly view: ReactNode;
}

interface RunViewsProps {
  readonly run: Run | undefined;
  /** In place of a run where there is none. */
  readonly empty: ReactNode;
  /** Whether there is a form beside it that can take the request over. */
  readonly reuse: boolean;
  /** Views of its own, after the preview. */
  readonly more?: readonly MoreView[];
}

const NO_MORE: readonly MoreView[] = [];

/** A run from every side: what it made, what went over the wire, what it wrote, how long it took. */
export function RunViews({ run, empty, reuse, more = NO_MORE }: RunViewsProps): ReactNode {
  const [chosen, setTab] = useState<string>('preview');
  useLogs(run);
  const [preview, ...others] = TABS;
  const tabs = [preview, ...more, ...others];
  const own = more.find(({ value }) => value === chosen);
  const tab = TABS.find(({ value }) => value === chosen)?.value ?? 'preview';
  return (
    <Tabs label="Views of the run" tabs={tabs} value={own?.value ?? tab} onChange={setTab}>
      {run === undefined ? empty : (own?.view ?? <View tab={tab} run={run} reuse={reuse} />)}
    </Tabs>
  );
}

function View({
  tab,
  run,
  reuse,
}: {
  readonly tab: Tab;
  readonly run: Run;
  readonly reuse: boolean;
}): ReactNode {
  switch (tab) {
    case 'preview':
      return <RunPreview key={run.id} run={run} reuse={reuse} />;
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

/** Of a run that is not in sight the window lets the log go; the history has it. */
function useLogs(run: Run | undefined): void {
  const id = run?.id;
  const holdLogs = useRuns((state) => state.holdLogs);
  useEffect(() => (id === undefined ? undefined : holdLogs(id)), [id, holdLogs]);
}
