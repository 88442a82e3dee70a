import type { Run } from '../../shared/runs/run.ts';
import { usePartial } from '../stores/partials.ts';
import { useRuns } from '../stores/runs.ts';
import { runProgress } from './progress.ts';

/** How far a run is, 0 to 1, as far as it tells; null while it is not running. */
export function useProgress({ id, state }: Pick<Run, 'id' | 'state'>): number | null {
  const output = usePartial(id)?.output;
  const logs = useRuns((all) => all.logs[id]);
  return state.kind === 'running' ? runProgress(output, logs ?? []) : null;
}
