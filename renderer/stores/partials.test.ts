import { describe, expect, it } from 'vitest';
import type { RunPartial } from '../../shared/runs/run.ts';
import { Partials } from './partials.ts';

function held() {
  const frames: (() => void)[] = [];
  const book = new Partials((callback) => frames.push(callback));
  return { book, draw: () => frames.shift()?.() };
}
const partial = (id: number, n: number, output: string): RunPartial => ({ id, n, output, media: [] });

describe('what runs brought so far', () => {
  it('tells of two hundred tokens in a frame twice at most, and of the newest', () => {
    const { book, draw } = held();
    const seen: unknown[] = [];
    book.subscribe(1, () => seen.push(book.of(1)?.output));
    for (let n = 1; n <= 200; n += 1) book.take(partial(1, n, 'x'.repeat(n)));
    // Whoever draws meanwhile, for a reason of their own, draws what all do.
    expect(book.of(1)?.output).toBe('x');
    draw();
    draw();
    expect(seen).toEqual(['x', 'x'.repeat(200)]);
  });

  it('tells only those who listen to that run, and not of what came late', () => {
    const { book, draw } = held();
    let told = 0;
    const stop = book.subscribe(1, () => (told += 1));
    book.take(partial(2, 1, 'another'));
    draw();
    expect(told).toBe(0);
    book.take(partial(1, 2, 'second'));
    draw();
    book.take(partial(1, 1, 'first'));
    draw();
    expect([told, book.of(1)?.output]).toEqual([1, 'second']);
    stop();
    book.take(partial(1, 3, 'third'));
    draw();
    expect(told).toBe(1);
  });

  it('keeps what is shown until nobody shows it, once the run is over', () => {
    const { book } = held();
    book.take(partial(1, 1, 'shown'));
    book.take(partial(2, 1, 'unseen'));
    const stop = book.subscribe(1, () => undefined);
    book.end(1);
    book.end(2);
    expect([book.of(1)?.output, book.of(2)]).toEqual(['shown', undefined]);
    stop();
    expect(book.of(1)).toBeUndefined();
  });

  it('keeps what was brought while nobody looks and the run goes on', () => {
    const { book } = held();
    book.take(partial(1, 1, 'so far'));
    book.subscribe(1, () => undefined)();
    expect(book.of(1)?.output).toBe('so far');
  });
});
