import { describe, expect, it } from 'vitest';
import { FrameStats } from './frame-stats.ts';

describe('FrameStats', () => {
  it('counts the frames of the last second', () => {
    const stats = new FrameStats();
    expect(stats.perSecond(0)).toBe(0);
    for (let at = 0; at <= 2000; at += 50) stats.painted(at, null, null);
    expect(stats.perSecond(2000)).toBe(20);
    expect(stats.perSecond(2500)).toBe(10);
    expect(stats.perSecond(3000)).toBe(0);
  });

  it('tells the round trip of the last 120 answers, nearest rank', () => {
    const stats = new FrameStats();
    expect(stats.roundTrip()).toBeNull();
    stats.painted(0, 40, null);
    expect(stats.roundTrip()).toEqual({ p50: 40, p95: 40 });
    for (let trip = 1; trip <= 100; trip += 1) stats.painted(0, trip, null);
    expect(stats.roundTrip()).toEqual({ p50: 50, p95: 95 });
    for (let i = 0; i < 120; i += 1) stats.painted(0, 7, null);
    expect(stats.roundTrip()).toEqual({ p50: 7, p95: 7 });
  });

  it('keeps what the server told last, and passes over frames that tell nothing', () => {
    const stats = new FrameStats();
    stats.painted(0, 10, 0.02);
    stats.painted(1, null, null);
    expect(stats.serverSeconds).toBe(0.02);
    expect(stats.roundTrip()).toEqual({ p50: 10, p95: 10 });
  });

  it('counts the time the connection stood, over interruptions', () => {
    const stats = new FrameStats();
    expect(stats.elapsed(500)).toBe(0);
    stats.connected(false, 600);
    stats.connected(true, 1000);
    stats.connected(true, 1500);
    expect(stats.elapsed(3000)).toBe(2000);
    stats.connected(false, 3000);
    expect(stats.elapsed(9000)).toBe(2000);
    stats.connected(true, 9000);
    expect(stats.elapsed(9250)).toBe(2250);
  });
});
