import { tallyOf } from '../../shared/batch/cells.ts';
import type { Run, RunId } from '../../shared/runs/run.ts';
import type { JobLists } from '../stores/job-lists.ts';

/** The order in which all that waits or is under way is cancelled: none that is stopped lets the next one begin. */
export function cancelOrder(
  { waiting, going }: Pick<JobLists, 'waiting' | 'going'>,
  runs: Readonly<Record<RunId, Pick<Run, 'id' | 'state'>>>,
): readonly RunId[] {
  return tallyOf([...waiting, ...going].flatMap((id) => runs[id] ?? [])).going.flat();
}
