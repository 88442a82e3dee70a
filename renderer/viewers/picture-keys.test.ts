import { describe, expect, it } from 'vitest';
import { pictureKey } from './picture-keys.ts';

const press = (key: string, more: object = {}, moves = false, zooms = true) =>
  pictureKey(
    {
      key,
      shiftKey: false,
      ctrlKey: false,
      metaKey: false,
      altKey: false,
      defaultPrevented: false,
      ...more,
    },
    { zooms, moves },
  );

describe('keys of a picture', () => {
  it('zoom, fit, full size and full view, with or without Shift for what needs it on some keyboards', () => {
    expect(press('+', { shiftKey: true })).toEqual({ kind: 'step', direction: 1 });
    expect(press('=')).toEqual({ kind: 'step', direction: 1 });
    expect(press('-')).toEqual({ kind: 'step', direction: -1 });
    expect(press('0')).toEqual({ kind: 'fit' });
    expect(press('1')).toEqual({ kind: 'full-size' });
    expect(press('F')).toEqual({ kind: 'full-view' });
  });

  it('arrows lead to the next picture where there is nothing to look about in, and look about where there is', () => {
    expect(press('ArrowRight')).toEqual({ kind: 'picture', direction: 1 });
    expect(press('ArrowLeft')).toEqual({ kind: 'picture', direction: -1 });
    expect(press('ArrowUp')).toBeNull();
    expect(press('ArrowRight', {}, true)).toEqual({ kind: 'move', by: { x: -64, y: 0 } });
    expect(press('ArrowUp', { shiftKey: true }, true)).toEqual({ kind: 'move', by: { x: 0, y: 320 } });
    expect(press('PageDown', {}, true)).toEqual({ kind: 'picture', direction: 1 });
  });

  it('zoom nothing where all are in sight or the one is covered, and still lead to the next', () => {
    for (const key of ['+', '-', '0', '1']) expect(press(key, {}, false, false)).toBeNull();
    expect(press('ArrowRight', {}, true, false)).toEqual({ kind: 'picture', direction: 1 });
    expect(press('f', {}, false, false)).toEqual({ kind: 'full-view' });
  });

  it('leaves everybody else’s keys alone', () => {
    expect(press('1', { ctrlKey: true })).toBeNull();
    expect(press('f', { metaKey: true })).toBeNull();
    expect(press('0', { defaultPrevented: true })).toBeNull();
    expect(press('a')).toBeNull();
    expect(press('Tab')).toBeNull();
  });
});
