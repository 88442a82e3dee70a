import { useEffect } from 'react';
import type { ReactNode } from 'react';
import type { BatchTable } from '../../shared/batch/cells.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { spendOf } from '../../shared/money/spend.ts';
import { amountWords } from '../../shared/money/words.ts';
import { useModels } from '../stores/models.ts';
import { useRuns } from '../stores/runs.ts';
import { duration, priceWords } from '../viewers/words.ts';
import { BatchCell } from './batch-cell.tsx';

/** Models side by side: of each its name, its price, what it made and how long that took. */
export function BatchColumns({ table }: { readonly table: BatchTable }): ReactNode {
  const { columns } = table;
  useEffect(() => useModels.getState().wishPrices(columns), [columns]);
  return (
    <ul aria-label="Models" className="flex min-h-0 flex-1 gap-3 overflow-x-auto p-4">
      {columns.map((endpointId, column) => (
        // oxlint-disable-next-line react/no-array-index-key -- the index is the place
        <li key={column} className="flex min-h-0 min-w-48 flex-1 flex-col gap-2">
          <ModelHead endpointId={endpointId} />
          <BatchCell id={table.at(column, 0)} label={endpointId} className="min-h-32 w-full flex-1" />
          <Facts id={table.at(column, 0)} />
        </li>
      ))}
    </ul>
  );
}

function ModelHead({ endpointId }: { readonly endpointId: string }): ReactNode {
  const price = useModels((state) => state.prices[endpointId]);
  const name = useModels((state) => state.byId.get(endpointId)?.name);
  return (
    <div className="min-w-0">
      <h3 className="truncate font-medium text-text">{name ?? endpointId}</h3>
      <p className="truncate font-mono text-xs text-faint">{endpointId}</p>
      <p className="tabular min-h-4.5 truncate text-xs text-soft">{price != null && priceWords(price)}</p>
    </div>
  );
}

function Facts({ id }: { readonly id: RunId | null }): ReactNode {
  const run = useRuns((state) => (id === null ? undefined : state.runs[id]));
  const took =
    run?.state.kind !== 'succeeded' || run.times.ended === null
      ? null
      : (run.times.inferenceSeconds ?? (run.times.ended - run.times.created) / 1000);
  const cost = run === undefined || !isOver(run.state) ? null : spendOf(run);
  return (
    <p className="tabular flex min-h-5 flex-wrap justify-center gap-x-3 text-soft">
      {took !== null && <span>{duration(took * 1000)}</span>}
      {cost !== null && <span>{amountWords(cost)}</span>}
    </p>
  );
}
