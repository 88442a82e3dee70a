import { describe, expect, it } from 'vitest';
import { NO_OPS, doOp, isBlank, redo, undo } from './mask-ops.ts';
import type { MaskOp } from './mask-ops.ts';

const stroke: MaskOp = { kind: 'stroke', erases: false, width: 8, points: [[1, 1]] };
const rub: MaskOp = { ...stroke, erases: true };
const [fill, clear, invert]: MaskOp[] = [{ kind: 'fill' }, { kind: 'clear' }, { kind: 'invert' }];
const of = (...ops: readonly (MaskOp | undefined)[]): MaskOp[] => ops.filter((op) => op !== undefined);

describe('a mask’s history', () => {
  it('goes back and forth, and something new ends what was taken back', () => {
    const two = doOp(doOp(NO_OPS, stroke), rub);
    const one = undo(two);
    expect(one.done).toEqual([stroke]);
    expect(redo(one)).toEqual(two);
    expect(doOp(one, { kind: 'fill' })).toEqual({ done: [stroke, { kind: 'fill' }], undone: [] });
  });

  it('stays as it is at either end', () => {
    expect(undo(NO_OPS)).toEqual(NO_OPS);
    expect(redo(doOp(NO_OPS, stroke)).done).toEqual([stroke]);
  });
});

describe('isBlank', () => {
  it.each([
    [of(), false, true],
    [of(), true, false],
    [of(rub), false, true],
    [of(stroke), false, false],
    [of(stroke, clear), true, true],
    [of(clear, rub), true, true],
    [of(stroke, clear, stroke), false, false],
    [of(fill), false, false],
    [of(fill, rub), false, false],
    [of(invert), false, false],
  ])('%j over a mask: %s -> %s', (ops, hasBase, blank) => {
    expect(isBlank(ops, hasBase)).toBe(blank);
  });
});
