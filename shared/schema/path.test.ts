import { expect, test } from 'vitest';
import { pathOf, pointerOf } from './path.ts';

test.each([
  [[], ''],
  [['loras', 0, 'path'], '/loras/0/path'],
  [['a/b', '~1', ''], '/a~1b/~01/'],
])('%j is %j and back', (path, pointer) => {
  expect(pointerOf(path)).toBe(pointer);
  expect(pathOf(pointer)).toEqual(path);
});
