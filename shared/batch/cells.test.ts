import { describe, expect, test } from 'vitest';
import { appError } from '../fal/errors.ts';
import type { BatchPlace } from '../runs/asked.ts';
import { tableOf, tallyOf } from './cells.ts';

const placed = (id: number, column: number, row: number): { id: number; batch: BatchPlace } => ({
  id,
  batch: {
    id: 1,
    kind: 'sweep',
    size: 4,
    column: { index: column, label: `steps ${column}` },
    row: { index: row, label: `scale ${row}` },
  },
});

describe('the table of a batch', () => {
  test('has its runs in their places, however they come', () => {
    const table = tableOf([placed(4, 1, 1), placed(2, 1, 0), placed(1, 0, 0), placed(3, 0, 1)]);
    expect(table).toMatchObject({
      kind: 'sweep',
      columns: ['steps 0', 'steps 1'],
      rows: ['scale 0', 'scale 1'],
    });
    expect(table?.ids).toEqual([1, 2, 3, 4]);
    expect(table?.at(1, 0)).toBe(2);
  });

  test('shows the newest run of a cell', () => {
    const table = tableOf([placed(9, 0, 0), placed(1, 0, 0), placed(2, 1, 0)]);
    expect(table?.ids).toEqual([9, 2]);
    expect(table?.at(0, 0)).toBe(9);
  });

  test('has a hole where a run is missing', () => {
    const table = tableOf([placed(1, 0, 0), placed(4, 1, 1)]);
    expect(table?.at(0, 1)).toBeNull();
    expect(tableOf([placed(4, 1, 1)])?.columns).toEqual(['', 'steps 1']);
  });

  test('is none where no run is of a batch', () => {
    expect(tableOf([{ id: 1, batch: null }])).toBeNull();
  });
});

test('what is over, what may still be cancelled, and what failed', () => {
  const trouble = null;
  expect(
    tallyOf([
      { id: 1, state: { kind: 'succeeded' } },
      { id: 2, state: { kind: 'running', trouble } },
      { id: 3, state: { kind: 'waiting', rank: 1, held: false } },
      { id: 4, state: { kind: 'cancelling' } },
      { id: 5, state: { kind: 'failed', error: appError('model', 'No') } },
      { id: 6, state: { kind: 'cancelled', word: null } },
      { id: 7, state: { kind: 'queued', position: 0, trouble } },
      { id: 8, state: { kind: 'waiting', rank: 2, held: true } },
    ]),
  ).toEqual({ all: 8, over: 3, succeeded: 1, going: [[3, 8], [7], [2]], failed: [5] });
});
