import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { NO_BATCHES, withNewest, withPage, withoutRuns } from './batch-starts.ts';
import type { BatchStarts } from './batch-starts.ts';

interface Row {
  readonly id: number;
  readonly batch: number | null;
}

/** What main tells of a page. */
function page(rows: readonly Row[]) {
  const batches = rows.filter(({ batch }, n) => batch !== (rows[n - 1]?.batch ?? null));
  return { ids: rows.map(({ id }) => id), batches };
}

const startsOf = (rows: readonly Row[]): BatchStarts => withPage(NO_BATCHES, page(rows));

const rows = fc
  .array(fc.constantFrom(null, 7, 8), { maxLength: 12 })
  .map((batches) => batches.map((batch, n): Row => ({ id: 100 + n, batch })));

test('pages that follow each other tell what one would', () => {
  fc.assert(
    fc.property(rows, fc.nat(12), (all, cut) => {
      const first = startsOf(all.slice(0, cut));
      expect([...withPage(first, page(all.slice(cut)))]).toEqual([...startsOf(all)]);
    }),
  );
});

test('a new run goes on with the batch of the first, or begins one', () => {
  fc.assert(
    fc.property(rows, ([first, ...rest]) => {
      const before = startsOf(rest);
      const ids = rest.map(({ id }) => id);
      const { id, batch } = first ?? { id: 1, batch: null };
      expect([...withNewest(before, ids, id, batch)]).toEqual([...startsOf([{ id, batch }, ...rest])]);
    }),
  );
});

test('where runs go, the next of their batch begins it, and stretches that meet are one', () => {
  fc.assert(
    fc.property(rows, fc.array(fc.nat(11)), (all, gone) => {
      const stays = (id: number): boolean => !gone.includes(id - 100);
      const left = all.filter(({ id }) => stays(id));
      const ids = all.map(({ id }) => id);
      expect([...withoutRuns(startsOf(all), ids, stays)]).toEqual([...startsOf(left)]);
    }),
  );
});
