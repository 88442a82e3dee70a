import type { Run } from '../../shared/runs/run.ts';

export type GridRow =
  { readonly kind: 'day'; readonly name: string } | { readonly kind: 'runs'; readonly runs: readonly Run[] };

/** Lays runs, newest first, out in rows of `columns` under the day they were made. */
export function rowsByDay(runs: readonly Run[], columns: number, now: Date): readonly GridRow[] {
  const rows: GridRow[] = [];
  let day = '';
  let row: Run[] = [];
  const close = (): void => {
    if (row.length > 0) rows.push({ kind: 'runs', runs: row });
    row = [];
  };
  for (const run of runs) {
    const name = dayName(new Date(run.times.created), now);
    if (name !== day) {
      close();
      rows.push({ kind: 'day', name });
      day = name;
    }
    row.push(run);
    if (row.length === columns) close();
  }
  close();
  return rows;
}

/** `Today`, `Yesterday`, `Monday 3 March`, with the year where it is another. */
export function dayName(date: Date, now: Date): string {
  const days = Math.round((midnight(now) - midnight(date)) / 86_400_000);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  const year = date.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
  return date
    .toLocaleDateString('en-GB', { weekday: 'long', day: 'numeric', month: 'long', ...year })
    .replace(',', '');
}

const midnight = (date: Date): number =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
