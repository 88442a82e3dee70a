import type { PlannedRun } from '../../shared/batch/plan.ts';
import type { BatchTable } from '../../shared/batch/cells.ts';
import { assertNever } from '../../shared/result.ts';
import type { BatchPlace } from '../../shared/runs/asked.ts';

/** Where a run stands in its batch: "seed 7", "steps 28, style Ink". */
export const placeWords = ({ column, row }: Pick<BatchPlace, 'column' | 'row'>): string =>
  [column.label, row.label].filter((label) => label !== '').join(', ');

/** What a batch is, in a few words. `size` is how many runs it was begun with. */
export function batchWords(kind: BatchPlace['kind'], size: number): string {
  switch (kind) {
    case 'models':
      return `${size} models side by side`;
    case 'seeds':
      return `The same request ${size} times`;
    case 'sweep':
      return `A sweep of ${size} runs`;
    default:
      return assertNever(kind);
  }
}

/** The same with the shape of its table. */
export const tableWords = ({ kind, columns, rows, ids }: BatchTable): string =>
  kind === 'sweep' && rows.length > 1
    ? `A sweep of ${columns.length} × ${rows.length}`
    : batchWords(kind, ids.length);

/** More would push what can be done about it out of sight. */
const MOST_SAID = 3;

/**
 * What is wrong with planned runs, each thing once, with where it is: "steps 60: Between 1 and 50" where that is so in the
 * whole column, the cell alone where it is not.
 */
export function problemsSaid(plan: readonly PlannedRun[]): readonly string[] {
  const wrong = plan.filter((run) => run.problem !== null);
  const said = new Set(
    wrong.map((run) => {
      const same = (other: PlannedRun): boolean => other.problem === run.problem;
      if (plan.every(same)) return run.problem ?? '';
      const inColumn = plan.filter(({ column }) => column.index === run.column.index);
      const inRow = plan.filter(({ row }) => row.index === run.row.index);
      const where = inColumn.every(same)
        ? run.column.label
        : inRow.every(same)
          ? run.row.label
          : placeWords(run);
      return `${where}: ${run.problem}`;
    }),
  );
  const rest = said.size - MOST_SAID;
  return rest > 0 ? [...[...said].slice(0, MOST_SAID), `and ${rest} more like that`] : [...said];
}

export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
