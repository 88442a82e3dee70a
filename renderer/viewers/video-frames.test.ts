import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fpsBetween, fpsOf, frameBeside } from './video-frames.ts';

describe('fpsOf', () => {
  it('reads what the model tells of its video, and nothing that cannot be', () => {
    const video = { url: 'https://x.test/1.mp4', fps: 24 };
    expect(fpsOf({ video }, ['video'])).toBe(24);
    expect(fpsOf({ videos: [{}, video] }, ['videos', 1])).toBe(24);
    expect(fpsOf({ videos: [{}, video] }, ['videos', 0])).toBeNull();
    expect(fpsOf({ video: { ...video, fps: 0 } }, ['video'])).toBeNull();
    expect(fpsOf({ video: { ...video, fps: '24' } }, ['video'])).toBeNull();
    expect(fpsOf(null, ['video'])).toBeNull();
  });
});

describe('fpsBetween', () => {
  it('takes two frames that follow each other, and neither a pause nor a leap back', () => {
    expect(fpsBetween(1, 1 + 1 / 25)).toBeCloseTo(25, 6);
    expect(fpsBetween(1, 2)).toBeNull();
    expect(fpsBetween(1, 0)).toBeNull();
  });
});

describe('frameBeside', () => {
  it('goes frame by frame, there and back, and stops at both ends', () => {
    const there = [...Array(3).keys()].reduce((time) => frameBeside(time, 1, 24, 2), 0);
    expect(there).toBeCloseTo(3.5 / 24, 6);
    expect(frameBeside(there, -1, 24, 2)).toBeCloseTo(2.5 / 24, 6);
    expect(frameBeside(0, -1, 24, 2)).toBeCloseTo(0.5 / 24, 6);
    expect(frameBeside(2, 1, 24, 2)).toBeCloseTo(47.5 / 24, 6);
  });

  it('always comes to the very next frame, wherever it begins', () => {
    const fps = fc.constantFrom(8, 23.976, 24, 25, 29.97, 30, 60);
    fc.assert(
      fc.property(fps, fc.nat({ max: 400 }), (fps, frame) => {
        const next = frameBeside((frame + 0.5) / fps, 1, fps, 1000);
        expect(Math.floor(next * fps)).toBe(frame + 1);
        expect(Math.floor(frameBeside(next, -1, fps, 1000) * fps)).toBe(frame);
      }),
    );
  });
});
