import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FIT,
  MOST,
  fitScale,
  lay,
  layWithin,
  moveBy,
  stepped,
  wheelFactor,
  zoomTo,
  zoomWords,
} from './zoom.ts';
import type { View } from './zoom.ts';

const PICTURE = { width: 2000, height: 1000 };
const ROOM = { width: 500, height: 400 };

const length = fc.integer({ min: 1, max: 12_000 });
const size = fc.record({ width: length, height: length });
const anyView = fc.oneof(
  fc.constant(FIT),
  fc.record({
    kind: fc.constant('free' as const),
    scale: fc.double({ min: 0.01, max: MOST, noNaN: true }),
    x: fc.double({ min: 0, max: 1, noNaN: true }),
    y: fc.double({ min: 0, max: 1, noNaN: true }),
  }),
);

describe('how a picture lies in its window', () => {
  it('fits whole and centred, and a small one is not made larger unless asked to', () => {
    expect(lay(FIT, PICTURE, ROOM)).toEqual({ scale: 0.25, left: 0, top: 75, moves: false });
    expect(fitScale({ width: 100, height: 100 }, ROOM, false)).toBe(1);
    expect(fitScale({ width: 100, height: 100 }, ROOM, true)).toBe(4);
  });

  it('leaves no gap at an edge while it is larger than the window, whatever the view', () => {
    fc.assert(
      fc.property(anyView, size, size, (view: View, picture, room) => {
        const { scale, left, top } = lay(view, picture, room);
        for (const [start, drawn, span] of [
          [left, picture.width * scale, room.width],
          [top, picture.height * scale, room.height],
        ] as const) {
          const gaps = [start, span - (start + drawn)];
          // Where it is larger than the room there is no gap; else there is the same at both ends.
          expect(Math.max(...gaps) < 0.001 || Math.abs(start - (span - drawn) / 2) < 0.001).toBe(true);
          expect(drawn <= span || Math.max(...gaps) < 0.001).toBe(true);
        }
      }),
    );
  });

  it('keeps the point under the pointer where it is while it is zoomed', () => {
    const laid = lay({ kind: 'free', scale: 1, x: 0.5, y: 0.5 }, PICTURE, ROOM);
    const at = { x: 120, y: 300 };
    const next = lay(zoomTo(laid, 2, at, PICTURE, ROOM), PICTURE, ROOM);
    expect(next.scale).toBe(2);
    expect((at.x - next.left) / next.scale).toBeCloseTo((at.x - laid.left) / laid.scale, 6);
    expect((at.y - next.top) / next.scale).toBeCloseTo((at.y - laid.top) / laid.scale, 6);
  });

  it('is moved as far as its edge and comes back from there at once', () => {
    const start = lay({ kind: 'free', scale: 1, x: 0.5, y: 0.5 }, PICTURE, ROOM);
    const edge = lay(moveBy(start, { x: 10_000, y: 0 }, PICTURE, ROOM), PICTURE, ROOM);
    expect(edge.left).toBe(0);
    expect(lay(moveBy(edge, { x: -10, y: 0 }, PICTURE, ROOM), PICTURE, ROOM).left).toBeCloseTo(-10, 6);
  });

  it('is zoomed neither out of sight nor without end', () => {
    const laid = lay(FIT, PICTURE, ROOM);
    const middle = { x: 250, y: 200 };
    expect(lay(zoomTo(laid, 1e-9, middle, PICTURE, ROOM), PICTURE, ROOM).scale).toBe(0.125);
    expect(lay(zoomTo(laid, 1e9, middle, PICTURE, ROOM), PICTURE, ROOM).scale).toBe(MOST);
  });

  it('fits where its room is not known yet: no point of it is anywhere', () => {
    const none = { width: 0, height: 0 };
    expect(zoomTo(lay(FIT, PICTURE, none), 1, { x: 0, y: 0 }, PICTURE, none)).toEqual(FIT);
  });

  it('says whether there is anything to move to', () => {
    expect(lay(FIT, PICTURE, ROOM).moves).toBe(false);
    expect(lay({ kind: 'free', scale: 1, x: 0.5, y: 0.5 }, PICTURE, ROOM).moves).toBe(true);
  });
});

describe('steps', () => {
  it('stop at full size on their way past it, both ways, and go on from there', () => {
    expect(stepped(0.9, 1, 1)).toBe(1);
    expect(stepped(1.1, -1, 1)).toBe(1);
    expect(stepped(1, 1, 1)).toBe(1.25);
    expect(stepped(0.5, 1, 1)).toBe(0.625);
    // On a screen of two pixels a CSS pixel, full size is half as large.
    expect(stepped(0.45, 1, 0.5)).toBe(0.5);
  });

  it('of a wheel go back as far as they went, and one jerk of it does not throw the picture away', () => {
    expect(wheelFactor(40) * wheelFactor(-40)).toBeCloseTo(1, 9);
    expect(wheelFactor(-100_000)).toBe(wheelFactor(-200));
  });

  it('are told in percent of the screen’s own pixels', () => {
    expect([zoomWords(1, 1), zoomWords(0.5, 2), zoomWords(0.873, 1), zoomWords(0.0412, 1)]).toEqual([
      '100 %',
      '100 %',
      '87 %',
      '4.1 %',
    ]);
  });
});

it('a picture of another size is whole in the middle of the frame, wherever that lies', () => {
  const laid = { scale: 0.5, left: 10, top: 20, moves: true };
  const frame = { width: 400, height: 300 };
  expect(layWithin(laid, frame, { width: 800, height: 600 })).toEqual({ ...laid, scale: 0.25 });
  expect(layWithin(laid, frame, { width: 100, height: 100 })).toEqual({ ...laid, scale: 1.5, left: 35 });
});
