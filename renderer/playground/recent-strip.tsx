import type { ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRuns } from '../stores/runs.ts';
import { RunStrip } from '../viewers/run-strip.tsx';
import { titleOf } from '../viewers/title.ts';

const NONE: readonly RunId[] = [];

/** This model's last results, newest first. */
export function RecentStrip({
  endpointId,
  shown,
}: {
  readonly endpointId: string;
  readonly shown: RunId | undefined;
}): ReactNode {
  const ids = useRuns((state) => state.recent[endpointId]) ?? NONE;
  const show = usePlayground((state) => state.show);
  return (
    <RunStrip
      label="This model's last results"
      ids={ids}
      nameOf={(run) => `${titleOf(run)}, ${new Date(run.times.created).toLocaleTimeString()}`}
      onPick={show}
      chosen={shown ?? null}
    />
  );
}
