import { describe, expect, it } from 'vitest';
import { foundWords, moved } from './find-bar.tsx';
import { linesWith, logText, numberOf, timeOf, toneOf } from './log-lines.ts';

const line = (message: string, level = 'INFO') => ({ message, level, timestamp: '2026-01-02T03:04:05.678Z' });

describe('lines of a log', () => {
  it('keep their number while those before them go', () => {
    const lines = [line('a'), line('b'), line('b')];
    const numbers = lines.map(numberOf);
    expect(new Set(numbers).size).toBe(3);
    expect(lines.slice(1).map(numberOf)).toEqual(numbers.slice(1));
  });

  it('are found whatever the size of their letters', () => {
    const lines = [line('Loading weights'), line('step 1'), line('WEIGHTS loaded')];
    expect(linesWith(lines, 'weights')).toEqual([0, 2]);
    expect(linesWith(lines, '')).toEqual([]);
  });

  it('are copied with their time and level', () => {
    expect(logText([line('one', 'WARN'), { message: 'two', level: '', timestamp: '' }])).toBe(
      '2026-01-02T03:04:05.678Z WARN one\ntwo',
    );
  });

  it.each([
    ['ERROR', 'error'],
    ['STDERR', 'plain'],
    ['warning', 'warning'],
    ['DEBUG', 'faint'],
    ['STDOUT', 'plain'],
  ])('of level %s are %s', (level, tone) => expect(toneOf(level)).toBe(tone));

  it('tell their time, or what stands in its place', () => {
    expect(timeOf('2026-01-02T03:04:05.678Z')).toMatch(/^\d\d:\d\d:05\.678$/);
    expect(timeOf('soon')).toBe('soon');
  });
});

it('goes from one found to the next, round and round', () => {
  expect([moved(null, 1, 3), moved(null, -1, 3), moved(2, 1, 3), moved(0, -1, 3)]).toEqual([0, 2, 0, 2]);
  expect([foundWords(0, null, false), foundWords(1200, null, true), foundWords(3, 1, false)]).toEqual([
    'none',
    '1,200+ found',
    '2 of 3',
  ]);
});
