import { describe, expect, it } from 'vitest';
import { fileProblems } from './check-file.ts';
import type { FileLimits } from './field.ts';

const small = { bytes: 12_000, width: 120, height: 90, duration: null };
const clip = { bytes: 12_500_000, width: 1920, height: 1080, duration: 3.24 };

describe('fileProblems', () => {
  it.each<[FileLimits, string]>([
    [{ minWidth: 300 }, 'This image is 120 × 90; the model wants at least 300 wide'],
    [
      { minWidth: 300, minHeight: 300 },
      'This image is 120 × 90; the model wants at least 300 wide and 300 high',
    ],
    [{ maxHeight: 64 }, 'This image is 120 × 90; the model takes at most 64 high'],
    [{ maxPixels: 10_000 }, 'This image is 120 × 90; the model takes at most 10,000 pixels in all'],
    [{ minAspectRatio: 1.5 }, 'This image is 120 × 90; the model wants at least 1.5:1 as width by height'],
    [{ maxBytes: 10_000 }, 'This image has 12 KB; the model takes at most 10 KB'],
  ])('%j: %s', (limits, words) => {
    expect(fileProblems(limits, small, 'image')).toEqual([words]);
  });

  it('speaks of seconds and megabytes where there are any, each a problem of its own', () => {
    const limits = { maxBytes: 10_485_760, minDuration: 5, maxDuration: 60, maxWidth: 1920 };
    expect(fileProblems(limits, clip, 'video')).toEqual([
      'This video has 12.5 MB; the model takes at most 10.5 MB',
      'This video lasts 3.2 s; the model wants at least 5 s',
    ]);
  });

  it('has nothing against a file at the very limits, or against what could not be measured', () => {
    const limits = { minWidth: 120, maxWidth: 120, maxBytes: 12_000, minFps: 24, minDuration: 5 };
    expect(fileProblems(limits, small, 'image')).toEqual([]);
    const unknown = { bytes: 1, width: null, height: null, duration: null };
    expect(fileProblems({ minWidth: 300, minDuration: 5, maxPixels: 1 }, unknown, 'file')).toEqual([]);
  });
});
