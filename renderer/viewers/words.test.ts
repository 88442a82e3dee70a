import { describe, expect, it } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { clock, duration, fileSize, lookupWords, priceWords, progressOf, stateWords } from './words.ts';

const log = (message: string): { message: string; level: string; timestamp: string } => ({
  message,
  level: 'INFO',
  timestamp: '',
});

describe('words for a person', () => {
  it('says how many are ahead, and that nobody is', () => {
    expect(stateWords({ kind: 'queued', position: 3, trouble: null })).toBe('In queue, 3 ahead');
    expect(stateWords({ kind: 'queued', position: 0, trouble: null })).toBe('Next in queue');
    expect(stateWords({ kind: 'queued', position: null, trouble: null })).toBe('In queue');
  });

  it('says what fal’s list told of a run without an answer', () => {
    expect(lookupWords({ kind: 'found', count: 1 }).join(' ')).toMatch(
      /1 request of .* is not here\. .*it is this/,
    );
    expect(lookupWords({ kind: 'found', count: 3 })[0]).toMatch(/^fal has 3 requests of/);
    expect(lookupWords({ kind: 'none_found' })[0]).toMatch(/no request of this model/);
    const error = appError('auth', 'This key may not', { detail: 'Needs an admin', hint: 'Another may.' });
    expect(lookupWords({ kind: 'impossible', error })[0]).toBe(
      'Whether fal took it could not be looked up. This key may not: Needs an admin. Another may.',
    );
  });

  it('counts the files that are sent, and never past the last', () => {
    const words = (done: number, total: number) => stateWords({ kind: 'uploading', done, total });
    expect([words(0, 1), words(0, 3), words(2, 3), words(3, 3)]).toEqual([
      'Sending the file',
      'Sending file 1 of 3',
      'Sending file 3 of 3',
      'Sending file 3 of 3',
    ]);
  });

  it.each([
    [4_900, '00:04'],
    [64_000, '01:04'],
    [3_723_000, '1:02:03'],
    [-5, '00:00'],
  ])('clock(%i) is %s', (ms, text) => expect(clock(ms)).toBe(text));

  it.each([
    [840, '840 ms'],
    [2_140, '2.1 s'],
    [64_000, '1 min 4 s'],
  ])('duration(%i) is %s', (ms, text) => expect(duration(ms)).toBe(text));

  it('writes sizes and prices short', () => {
    expect(fileSize(512)).toBe('512 bytes');
    expect(fileSize(3_400_000)).toBe('3.4 MB');
    expect(priceWords({ amount: 0.025, unit: 'megapixels', currency: 'USD' })).toBe('$0.025 per megapixel');
  });

  it('reads progress from the newest line that tells it', () => {
    expect(progressOf([log('step 3/28'), log('step 14/28')])).toBe(0.5);
    expect(progressOf([log('43%|####')])).toBe(0.43);
    expect(progressOf([log('loading weights')])).toBeNull();
    expect(progressOf([log('ratio 16/9')])).toBeNull();
  });
});
