import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { PriceWishes } from './price-wishes.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const ids = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, i) => `acme/bird-${from + i}`);

/** What was asked, and a way to let the answers come. */
function begin() {
  const asked: (readonly string[])[] = [];
  let answer: () => void = () => undefined;
  const wishes = new PriceWishes((endpointIds) => {
    asked.push(endpointIds);
    return new Promise((resolve) => {
      answer = resolve;
    });
  });
  const settle = async (): Promise<void> => {
    answer();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { wishes, asked, settle };
}

test('rows that were only scrolled past are not asked for', async () => {
  const { wishes, asked } = begin();
  for (let at = 0; at < 500; at += 10) {
    wishes.wish(ids(at, at + 10));
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([ids(490, 500)]);
});

test('many are asked for fifty at a time, one request after the other, each once', async () => {
  const { wishes, asked, settle } = begin();
  wishes.wish(ids(0, 70));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([ids(0, 50)]);
  wishes.wish(ids(40, 90));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(1);
  await settle();
  expect(asked.slice(1)).toEqual([ids(50, 90)]);
  await settle();
  wishes.wish(ids(0, 90));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(2);
});

test('another account is asked anew', async () => {
  const { wishes, asked, settle } = begin();
  wishes.wish(ids(0, 1));
  await vi.advanceTimersByTimeAsync(1000);
  await settle();
  wishes.forget();
  wishes.wish(ids(0, 1));
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toEqual([ids(0, 1), ids(0, 1)]);
});
