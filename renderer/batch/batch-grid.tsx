import type { ReactNode } from 'react';
import type { BatchTable } from '../../shared/batch/cells.ts';
import { BatchCell } from './batch-cell.tsx';

/** Results that differ in one thing, as many in a row as fit. */
export function BatchGrid({ table }: { readonly table: BatchTable }): ReactNode {
  return (
    <ul
      aria-label="Runs"
      className="grid min-h-0 flex-1 auto-rows-min grid-cols-[repeat(auto-fill,minmax(9rem,1fr))] gap-3 overflow-y-auto p-4"
    >
      {table.columns.map((label, column) => (
        // oxlint-disable-next-line react/no-array-index-key -- the index is the place
        <li key={column} className="min-w-0 space-y-1">
          <BatchCell id={table.at(column, 0)} label={label} className="aspect-square w-full" />
          <p className="tabular truncate text-center text-xs text-soft">{label}</p>
        </li>
      ))}
    </ul>
  );
}
