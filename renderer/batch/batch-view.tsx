import type { ReactNode } from 'react';
import type { BatchTable } from '../../shared/batch/cells.ts';
import { assertNever } from '../../shared/result.ts';
import { State } from '../ui/state.tsx';
import { textOf } from '../viewers/title.ts';
import { BatchBar } from './batch-bar.tsx';
import { BatchColumns } from './batch-columns.tsx';
import { BatchGrid } from './batch-grid.tsx';
import { SweepTable } from './sweep-table.tsx';
import { useBatch } from './use-batch.ts';
import { tableWords } from './words.ts';

/** All runs of one press as what they are, and what can be done with all of them. */
export function BatchView({ id }: { readonly id: number }): ReactNode {
  const batch = useBatch(id);
  const { table } = batch;
  if (table === null) return <State title="This batch is being read…" />;
  const [first] = batch.shown;
  return (
    <>
      <div className="flex h-11 shrink-0 items-center gap-3 border-b border-line px-4">
        <h2 className="shrink-0 font-medium">{tableWords(table)}</h2>
        <p className="min-w-0 truncate text-faint">{first !== undefined && textOf(first.input)}</p>
      </div>
      <Cells table={table} />
      <BatchBar batch={batch} />
    </>
  );
}

function Cells({ table }: { readonly table: BatchTable }): ReactNode {
  switch (table.kind) {
    case 'models':
      return <BatchColumns table={table} />;
    case 'seeds':
      return <BatchGrid table={table} />;
    case 'sweep':
      return <SweepTable table={table} />;
    default:
      return assertNever(table.kind);
  }
}
