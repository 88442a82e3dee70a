import { describe, expect, it } from 'vitest';
import { headsOf, timeName } from './groups.ts';

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
