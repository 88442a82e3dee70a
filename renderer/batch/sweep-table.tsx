import type { ReactNode } from 'react';
import type { BatchTable } from '../../shared/batch/cells.ts';
import { cx } from '../ui/cx.ts';
import { BatchCell } from './batch-cell.tsx';

const HEAD = 'sticky bg-canvas font-normal text-soft';

/** A run for each pair of values; the heads stay in sight. */
export function SweepTable({ table }: { readonly table: BatchTable }): ReactNode {
  const { columns, rows } = table;
  const named = rows.some((row) => row !== '');
  return (
    <div className="min-h-0 flex-1 overflow-auto pr-3 pb-3">
      {/* Between cells there is no gap that what scrolls by could be seen in, only their own padding. */}
      <table className="border-separate border-spacing-0">
        <thead>
          <tr>
            {named && (
              <td className={cx(HEAD, 'top-0 left-0 z-20')}>
                <span className="sr-only">Values across and down</span>
              </td>
            )}
            {columns.map((label, column) => (
              // oxlint-disable-next-line react/no-array-index-key -- the index is the place
              <th key={column} scope="col" className={cx(HEAD, 'top-0 z-10 h-10 max-w-40 px-2')}>
                <span className="tabular line-clamp-2 text-xs break-words">{label}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((rowLabel, row) => (
            // oxlint-disable-next-line react/no-array-index-key -- the index is the place
            <tr key={row}>
              {named && (
                <th scope="row" className={cx(HEAD, 'left-0 z-10 max-w-32 min-w-20 pr-1 pl-4')}>
                  <span className="tabular line-clamp-4 text-xs break-words">{rowLabel}</span>
                </th>
              )}
              {columns.map((columnLabel, column) => (
                // oxlint-disable-next-line react/no-array-index-key -- the index is the place
                <td key={column} className={cx('p-1', !named && 'first:pl-4')}>
                  <BatchCell
                    id={table.at(column, row)}
                    label={[columnLabel, rowLabel].filter(Boolean).join(', ')}
                    className="size-40"
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
