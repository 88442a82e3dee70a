import type { Row } from './row.ts';

const HEAD = ['', 'ours', 'official', 'limit', 'unit', 'goal', ''] as const;

/** The rows side by side, as a person reads them. */
export function tableOf(rows: readonly Row[]): string {
  const cells = rows.map(({ name, unit, ours, official, limit, goal, met }) => [
    name,
    figure(ours),
    figure(official),
    figure(limit),
    unit,
    goal,
    met ? 'met' : 'NOT MET',
  ]);
  const widths = HEAD.map((title, i) => Math.max(title.length, ...cells.map((row) => row[i]?.length ?? 0)));
  return [HEAD, ...cells]
    .map((row) =>
      row
        .map((cell, i) => (isNumber(i) ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

const isNumber = (column: number): boolean => column >= 1 && column <= 3;
const figure = (value: number | null): string => (value === null ? '–' : String(value));
