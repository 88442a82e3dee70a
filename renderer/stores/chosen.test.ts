import { beforeEach, expect, it } from 'vitest';
import { useChosen } from './chosen.ts';

const LIST = [9, 8, 7, 6, 5];
const { toggle, extendTo, choose, clear, keep, setAt, startAt } = useChosen.getState();
const chosen = (): number[] => [...useChosen.getState().ids].toSorted((a, b) => b - a);

beforeEach(() => {
  clear();
  setAt(null);
});

it('selects and lets go one by one, and the keys go on from there', () => {
  toggle(8);
  toggle(6);
  toggle(8);
  expect(chosen()).toEqual([6]);
  expect(useChosen.getState().at).toBe(8);
});

it('extends from the last single choice, back and forth, and keeps what was selected beside it', () => {
  toggle(5);
  toggle(8);
  extendTo(LIST, 6);
  expect(chosen()).toEqual([8, 7, 6, 5]);
  extendTo(LIST, 9);
  expect(chosen()).toEqual([9, 8, 5]);
  extendTo(LIST, 8);
  expect(chosen()).toEqual([8, 5]);
});

it('extends from the last plain press, not from the one that extends and has the focus already', () => {
  toggle(5);
  startAt(9);
  setAt(7);
  extendTo(LIST, 7);
  expect(chosen()).toEqual([9, 8, 7, 5]);
  startAt(6);
  extendTo(LIST, 5);
  expect(chosen()).toEqual([9, 8, 7, 6, 5]);
});

it('extends by the keys from where they are when nothing was chosen, or that is gone', () => {
  extendTo(LIST, 6, 7);
  expect(chosen()).toEqual([7, 6]);
  startAt(9);
  extendTo([8, 7, 6, 5], 5, 6);
  expect(chosen()).toEqual([7, 6, 5]);
});

it('does not extend from a run that is not in the list any more, nor to one', () => {
  toggle(8);
  extendTo([9, 7, 6], 7);
  expect(chosen()).toEqual([8, 7]);
  extendTo([9, 7, 6], 1);
  expect(chosen()).toEqual([8, 7]);
});

it('lets go of what is not in the list, also of what a range began beside', () => {
  choose([9, 8, 5]);
  keep([9, 7]);
  expect(chosen()).toEqual([9]);
  clear();
  toggle(5);
  toggle(8);
  keep([9, 8, 7]);
  extendTo([9, 8, 7], 7);
  expect(chosen()).toEqual([8, 7]);
});
