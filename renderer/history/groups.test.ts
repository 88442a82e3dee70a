import { describe, expect, it } from 'vitest';
import { batchName, headsOf, timeName } from './groups.ts';

const now = new Date(2026, 2, 4, 12);
const idAt = (...at: [number, number, number, number, number]): number => new Date(...at).getTime() * 1000;
const NONE = new Map<number, string>();

describe('groups that ids tell', () => {
  const ids = [
    idAt(2026, 2, 4, 10, 0),
    idAt(2026, 2, 4, 9, 45),
    idAt(2026, 2, 4, 9, 14),
    idAt(2026, 2, 4, 0, 5),
    idAt(2026, 2, 3, 23, 50),
  ];

  it('begins a day at midnight, either way', () => {
    expect(headsOf('day', ids, NONE)).toEqual([0, 4]);
    expect(headsOf('day', ids.toReversed(), NONE)).toEqual([0, 1]);
  });

  it('begins a session after half an hour of nothing, over midnight too', () => {
    expect(headsOf('session', ids, NONE)).toEqual([0, 2, 3]);
    expect(headsOf('session', ids.toReversed(), NONE)).toEqual([0, 2, 3]);
  });

  it('begins a batch where it is told, and calls it by how many of it are there', () => {
    const [a = 0, b = 0, c = 0, d = 0, e = 0] = ids;
    const batches = new Map([
      [b, 7],
      [d, null],
    ]);
    expect(headsOf('batch', ids, batches)).toEqual([0, 1, 3]);
    expect(headsOf('batch', [], batches)).toEqual([]);
    expect(batchName(batches, [b, c], 2, now)).toEqual({ name: 'Batch of 2 · Today, 09:14', counts: true });
    expect(batchName(batches, [a, a], 1, now)).toEqual({ name: 'Today, 10:00', counts: false });
    expect(batchName(batches, [d, e], 2, now).name).toBe('Yesterday, 23:50 – 00:05');
    expect(timeName('batch', a, idAt(2026, 2, 3, 21, 0), now)).toBe('Yesterday, 21:00 – Today, 10:00');
  });

  it('begins a model where it is told, and groups nothing where nothing is asked', () => {
    expect(
      headsOf(
        'model',
        ids,
        new Map([
          [ids[0] ?? 0, 'a'],
          [ids[3] ?? 0, 'b'],
        ]),
      ),
    ).toEqual([0, 3]);
    expect(headsOf('none', ids, NONE)).toEqual([]);
  });

  it('calls days by their name and sessions by their times, from the earlier to the later', () => {
    const [late = 0, early = 0] = ids;
    expect(timeName('day', late, early, now)).toBe('Today');
    expect(timeName('session', late, early, now)).toBe('Today, 09:45 – 10:00');
    expect(timeName('session', early, late, now)).toBe('Today, 09:45 – 10:00');
    expect(timeName('session', late, late, now)).toBe('Today, 10:00');
  });
});
