import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { RunCard } from '../../shared/history/card.ts';
import { useCards } from './cards.ts';

const card = (id: number): RunCard => ({
  id,
  endpointId: 'acme/bird',
  title: `run ${id}`,
  origin: 'queue',
  state: 'succeeded',
  batch: null,
  cost: null,
  ended: null,
  star: false,
  tags: [],
  deletedAt: null,
  files: 0,
  thumb: null,
  text: null,
});

/** What main was asked for, a call each. */
let asked: number[][] = [];
/** Whether the next call fails, and what happens while it is answered. */
let fails = false;
let meanwhile: (() => void) | null = null;
const { wish, spoil } = useCards.getState();
const from = (first: number, count: number): number[] => Array.from({ length: count }, (_, i) => first + i);

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  fails = false;
  meanwhile = null;
  useCards.setState({ cards: new Map() });
  const cards = ({ ids }: { ids: number[] }): Promise<unknown> => {
    asked.push(ids);
    meanwhile?.();
    meanwhile = null;
    if (fails) return Promise.resolve({ ok: false, error: appError('storage', 'No') });
    return Promise.resolve({ ok: true, value: ids.filter((id) => id !== 13).map(card) });
  };
  vi.stubGlobal('window', { playground: { commands: { 'history.cards': cards } } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('asks for what is in sight in the end, not for what was scrolled past', async () => {
  wish([1, 2]);
  wish([101, 102]);
  wish([11, 12, 13]);
  await vi.runAllTimersAsync();
  expect(asked).toEqual([[11, 12, 13]]);
  expect(useCards.getState().cards.get(12)).toEqual(card(12));
  // What is not answered cannot be shown.
  expect(useCards.getState().cards.get(13)).toBeNull();
  wish([12, 13]);
  await vi.runAllTimersAsync();
  expect(asked).toHaveLength(1);
});

it('asks for many in parts', async () => {
  wish(from(1000, 450));
  await vi.runAllTimersAsync();
  expect(asked.map((ids) => ids.length)).toEqual([200, 200, 50]);
});

it('reads what is spoilt again when it is in sight, and shows the old one until then', async () => {
  wish([1, 2]);
  await vi.runAllTimersAsync();
  spoil([2, 3]);
  expect(useCards.getState().cards.has(2)).toBe(true);
  await vi.runAllTimersAsync();
  expect(asked.slice(1)).toEqual([[2]]);
  wish([]);
  spoil(null);
  await vi.runAllTimersAsync();
  expect(asked).toHaveLength(2);
  wish([1]);
  await vi.runAllTimersAsync();
  expect(asked.slice(2)).toEqual([[1]]);
});

it('holds some two thousand, and those in sight among them', async () => {
  for (let first = 0; first < 3000; first += 200) {
    wish([7, ...from(10_000 + first, 199)]);
    await vi.runAllTimersAsync();
  }
  expect(useCards.getState().cards.size).toBe(2000);
  expect(useCards.getState().cards.has(7)).toBe(true);
  expect(useCards.getState().cards.has(10_000)).toBe(false);
});

it('reads again what is spoilt while it is read for the first time', async () => {
  wish([1, 2]);
  meanwhile = () => spoil([2]);
  await vi.runAllTimersAsync();
  expect(asked).toEqual([[1, 2], [2]]);
});

it('asks again for what could not be read, after a while', async () => {
  wish([1]);
  await vi.runAllTimersAsync();
  spoil([1]);
  fails = true;
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([[1], [1]]);
  fails = false;
  await vi.runAllTimersAsync();
  expect(asked).toEqual([[1], [1], [1]]);
  expect(useCards.getState().cards.get(1)).toEqual(card(1));
});
