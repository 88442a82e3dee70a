import { describe, expect, it } from 'vitest';
import { dayName } from './days.ts';

const now = new Date(2026, 2, 4, 9, 30);

describe('the days of the history', () => {
  it.each([
    [new Date(2026, 2, 4, 0, 1), 'Today'],
    [new Date(2026, 2, 3, 23, 59), 'Yesterday'],
    [new Date(2026, 2, 2, 12), 'Monday 2 March'],
    [new Date(2025, 11, 31, 12), 'Wednesday 31 December 2025'],
  ])('%s is %s', (date, name) => expect(dayName(date, now)).toBe(name));
});
