import { expect, test } from 'vitest';
import { titlesIn } from './titles.ts';

const titles = (text: string): string[] => [...titlesIn(text)];

test('a test has its title, whatever stands between', () => {
  expect(titles(`test('a', f); it("b", f); test(\`c \${d}\`, f); test.skipIf(x)('e', f);`)).toEqual([
    'a',
    'b',
    'c ${d}',
    'e',
  ]);
  expect(titles(`describe('d', () => { test('inside', f); });`)).toEqual(['inside', 'd']);
  expect(titles(`describe('nothing in it', () => { f('inside'); });`)).toEqual([]);
});

test('what a comment or a string says is no test', () => {
  expect(titles(`// test('a', f)\n/* it('b', f) */ const text = "test('c', f)"; run('d', f);`)).toEqual([]);
});

test('what is skipped or still to do is no test', () => {
  expect(titles(`test.skip('a', f); it.todo('b'); test.skip.each([1])('c', f);`)).toEqual([]);
  expect(titles(`describe.skip('d', () => { test('inside', f); });`)).toEqual([]);
});

test('one of a table has the names of its rows', () => {
  const all = ['run of %s', 'run of one', 'run of two'];
  expect(titles(`test.each([['one', 1], ['two', 2]])('run of %s', f)`)).toEqual(all);
  expect(titles(`const rows = ['one', 'two'] as const; test.each<string>(rows)('run of %s', f)`)).toEqual(
    all,
  );
  const spread = `const rows: Row[] = [{ name: 'one' }, ...[1].map((n): Row => ({ name: \`\${n}\` }))];`;
  expect(titles(`${spread} it.each(rows)('$name', f)`)).toEqual(['$name', 'one', '${n}']);
});
