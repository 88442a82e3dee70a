import { useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { tableOf } from '../../shared/batch/cells.ts';
import type { BatchTable } from '../../shared/batch/cells.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { useBatches } from '../stores/batches.ts';
import { useRuns } from '../stores/runs.ts';

const NONE: readonly RunId[] = [];

export interface Batch {
  /** Every run of it that is known here, those tried again among them. */
  readonly runs: readonly Run[];
  /** Null while nothing of it is here. */
  readonly table: BatchTable | null;
  /** The runs that are in sight, one a cell. */
  readonly shown: readonly Run[];
}

export function useBatch(id: number): Batch {
  const ids = useBatches((state) => state.ids[id]) ?? NONE;
  const runs = useRuns(useShallow((state) => ids.flatMap((id) => state.runs[id] ?? [])));
  return useMemo(() => {
    const table = tableOf(runs);
    const inSight = new Set(table?.ids);
    return { runs, table, shown: runs.filter((run) => inSight.has(run.id)) };
  }, [runs]);
}
