import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { Outbox } from './outbox.ts';

test('of what waits only the newest is sent', () => {
  const outbox = new Outbox<number>(1);
  expect(outbox.offer(1)).toBe(false);
  expect(outbox.take(0)).toBe(1);
  expect(outbox.offer(2)).toBe(false);
  expect(outbox.offer(3)).toBe(true);
  expect(outbox.take(0)).toBeUndefined();
  expect(outbox.answered().sent?.item).toBe(1);
  expect(outbox.take(0)).toBe(3);
});

test('an answer that names its input passes those before it', () => {
  const outbox = new Outbox<string>(3);
  for (const item of ['a', 'b', 'c']) {
    outbox.offer(item);
    outbox.take(0);
  }
  expect(outbox.answered((item) => item === 'b')).toMatchObject({ sent: { item: 'b' }, passed: 1 });
  expect(outbox.answered((item) => item === 'a')).toEqual({ sent: undefined, passed: 0 });
  expect(outbox.answered().sent?.item).toBe('c');
});

test('a lost connection sends the newest unanswered input again, unless a newer one waits', () => {
  const outbox = new Outbox<number>(2);
  outbox.offer(1);
  outbox.take(0);
  outbox.offer(2);
  outbox.take(0);
  expect(outbox.renew()).toEqual({ again: 2, lost: 2 });
  expect(outbox.take(0)).toBe(2);
  outbox.offer(3);
  expect(outbox.renew()).toEqual({ again: undefined, lost: 1 });
  expect(outbox.take(0)).toBe(3);
});

type Turn = 'offer' | 'take' | 'answer' | 'renew';

/** Plays the turns, then answers what is left; what was sent and answered, in order, and how much was out at most. */
function play(room: number, turns: readonly Turn[]) {
  const outbox = new Outbox<number>(room);
  const sent: number[] = [];
  const answered: number[] = [];
  let [offered, out, mostOut] = [0, 0, 0];
  const take = (): boolean => {
    const item = outbox.take(0);
    if (item === undefined) return false;
    sent.push(item);
    out += 1;
    mostOut = Math.max(mostOut, out);
    return true;
  };
  const answer = (): boolean => {
    const item = outbox.answered().sent?.item;
    if (item === undefined) return false;
    answered.push(item);
    out -= 1;
    return true;
  };
  const renew = (): void => {
    outbox.renew();
    out = 0;
  };
  for (const turn of turns)
    if (turn === 'offer') outbox.offer((offered += 1));
    else ({ take, answer, renew })[turn]();
  for (;;) {
    const took = take();
    if (!answer() && !took) break;
  }
  return { offered, sent, answered, mostOut };
}

test('whatever happens, no more is out than there is room for, and the last input is answered', () => {
  const turns = fc.array(fc.constantFrom<Turn>('offer', 'take', 'answer', 'renew'), { maxLength: 80 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), turns, (room, list) => {
      const { offered, sent, answered, mostOut } = play(room, list);
      expect(mostOut).toBeLessThanOrEqual(room);
      expect(sent).toEqual(sent.toSorted((a, b) => a - b));
      expect(answered).toEqual(answered.toSorted((a, b) => a - b));
      expect(answered.at(-1) ?? 0).toBe(offered);
    }),
  );
});
