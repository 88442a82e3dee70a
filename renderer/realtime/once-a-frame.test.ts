import { expect, it } from 'vitest';
import { onceAFrame } from './once-a-frame.ts';

it('acts at once, then once a frame while there is more to do, and never on what is old', () => {
  let state = 0;
  const seen: number[] = [];
  const frames: (() => void)[] = [];
  const nextFrame = (): void => frames.shift()?.();
  const go = onceAFrame(
    () => seen.push(state),
    (callback) => frames.push(callback),
  );
  const change = (): void => {
    state += 1;
    go();
  };
  change();
  expect(seen).toEqual([1]);
  change();
  change();
  expect(seen).toEqual([1]);
  nextFrame();
  expect(seen).toEqual([1, 3]);
  change();
  nextFrame();
  expect(seen).toEqual([1, 3, 4]);
  nextFrame();
  expect(frames).toEqual([]);
  change();
  expect(seen).toEqual([1, 3, 4, 5]);
});
