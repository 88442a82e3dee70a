import type { CostRow } from './cost-rows.ts';

const COLUMNS = [
  'date',
  'model',
  'key',
  'request_id',
  'state',
  'units',
  'unit',
  'unit_price',
  'cost',
  'currency',
  'basis',
] as const;

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** RFC 4180: commas, quotes where they are needed, lines that end in CR LF. */
const lineOf = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\r\n`;

export const CSV_HEAD = lineOf(COLUMNS);

/** One run's costs as a line. The date is of UTC; `key` is the name of the key it was sent with. */
export function costLine(row: CostRow, keyName: (profileId: string) => string): string {
  return lineOf([
    new Date(Math.floor(row.id / 1000)).toISOString(),
    plain(row.endpointId),
    plain(keyName(row.profileId)),
    plain(row.requestId ?? ''),
    row.state,
    numeric(row.units),
    plain(row.unit ?? ''),
    numeric(row.unitPrice),
    numeric(row.cost),
    plain(row.currency ?? ''),
    row.basis === 'unknown' ? '' : row.basis,
  ]);
}

/** A text that a table program would reckon with is made one that it only shows. */
const plain = (text: string): string => (/^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text);

/** Digits alone: an exponent is not a number everywhere. */
const numeric = (value: number | null): string =>
  value === null ? '' : /e/.test(String(value)) ? value.toFixed(12).replace(/\.?0+$/, '') : String(value);
