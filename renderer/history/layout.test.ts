import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, layOut, moved, rowAt, rowOf, rowsBetween } from './layout.ts';

/** Seven runs in two groups, three beside each other: 0 1 2 / 3, and 4 5 6. */
const layout = layOut({
  count: 7,
  heads: [0, 4],
  columns: 3,
  runsHeight: 100,
  headingHeight: 30,
  start: 0,
});

describe('the places of rows', () => {
  it('begins a row at each group and when one is full', () => {
    expect(layout.rows.map(({ kind, from, to, top }) => [kind, from, to, top])).toEqual([
      ['heading', 0, 4, 0],
      ['runs', 0, 3, 30],
      ['runs', 3, 4, 130],
      ['heading', 4, 7, 230],
      ['runs', 4, 7, 260],
    ]);
    expect(layout.height).toBe(360);
  });

  it('has no headings where there are no groups, and no rows of nothing', () => {
    const flat = layOut({ ...layout, count: 4, heads: [], start: 12 });
    expect(flat.rows.map(({ kind, top }) => [kind, top])).toEqual([
      ['runs', 12],
      ['runs', 112],
    ]);
    expect(layOut({ ...layout, count: 0, heads: [], start: 0 }).rows).toEqual([]);
  });

  it('finds the row of each run, by its place and by its height', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 7 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 199 }), { maxLength: 20 }),
        (count, columns, starts) => {
          const heads = [0, ...starts.filter((start) => start < count).toSorted((a, b) => a - b)];
          const any = layOut({ count, heads, columns, runsHeight: 50, headingHeight: 20, start: 0 });
          for (let place = 0; place < count; place += 1) {
            const at = rowOf(any, place);
            const row = any.rows[at];
            expect(row).toMatchObject({ kind: 'runs' });
            expect(row !== undefined && row.from <= place && place < row.to).toBe(true);
            expect(rowAt(any, (row?.top ?? 0) + 1)).toBe(at);
          }
          expect(rowOf(any, count)).toBe(-1);
        },
      ),
    );
  });

  it('draws what lies between two heights and nothing else', () => {
    expect(rowsBetween(layout, 0, 130)).toEqual({ first: 0, last: 1 });
    expect(rowsBetween(layout, 140, 240)).toEqual({ first: 2, last: 3 });
    expect(rowsBetween(layout, 400, 500)).toEqual({ first: 4, last: 4 });
  });

  it('gives a hundred thousand no single column, which would be higher than a page can be', () => {
    expect(columnsOf(300, 320, 12, 10)).toBe(1);
    expect(columnsOf(300, 320, 12, 100_000)).toBe(2);
    expect(columnsOf(1000, 176, 12, 10)).toBe(5);
  });
});

describe('the keys of the list', () => {
  it.each([
    ['ArrowRight', 2, 3],
    ['ArrowRight', 6, 6],
    ['ArrowLeft', 4, 3],
    ['ArrowLeft', 0, 0],
    // Over a heading, and into a row that has no such column.
    ['ArrowDown', 1, 3],
    ['ArrowDown', 3, 4],
    ['ArrowUp', 6, 3],
    ['ArrowUp', 1, 1],
    ['ArrowDown', 5, 5],
    ['PageDown', 1, 5],
    ['PageUp', 6, 2],
    ['Home', 5, 0],
    ['End', 0, 6],
  ])('%s at %i goes to %i', (key, place, to) => expect(moved(layout, place, key, 2)).toBe(to));

  it('leaves other keys alone', () => expect(moved(layout, 0, 'x', 2)).toBeNull());
});
