import { expect, it } from 'vitest';
import { anchorAt, moveAnchors } from './anchors.ts';
import { orderAfter } from './list-change.ts';

it('follows the item that it lies in, and is nowhere once that is gone', () => {
  const lines = anchorAt('a/b', '/sections/0/lines');
  const other = anchorAt('a/c', '/sections/0/lines');
  moveAnchors('a/b', ['sections'], orderAfter({ kind: 'move', from: 0, to: 1 }, 2));
  expect([lines.place(), other.place()]).toEqual(['/sections/1/lines', '/sections/0/lines']);
  moveAnchors('a/b', ['sections'], orderAfter({ kind: 'remove', index: 1 }, 2));
  moveAnchors('a/b', ['sections'], orderAfter({ kind: 'add', index: 1 }, 1));
  expect(lines.place()).toBeNull();
});
