import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { titlesOf } from './titles.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');

const rows = textOf('docs/api-parity.md')
  .split('\n')
  .filter((line) => /^\| J?\d+ \|/.test(line))
  .map((line) => {
    const [number = '', theirs = '', ours = '', shown = ''] = line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim());
    return { number, theirs, ours, shown };
  });

test('every item of fal’s own clients is there once, in order', () => {
  const python = Array.from({ length: 83 }, (_, index) => String(index + 1));
  const javascript = Array.from({ length: 11 }, (_, index) => `J${index + 1}`);
  expect(rows.map(({ number }) => number)).toEqual([...python, ...javascript]);
});

const protocol = join(root, '../shared/fal-protocol.md');
test.skipIf(!existsSync(protocol))('no item of fal-protocol §13 is missing', () => {
  const [, section = ''] = /\n## 13\. [^\n]*\n(.*?)\n## /s.exec(readFileSync(protocol, 'utf8')) ?? [];
  const items = [...section.matchAll(/^\| (J?\d+) \|/gm)].map(([, number]) => number);
  expect(rows.map(({ number }) => number)).toEqual(items);
});

test('what is left out says why, and the rest is named and shown', () => {
  const bare = rows.filter(({ ours, shown }) =>
    shown === '—' ? !/^left out(: |, as \d+|: .+)/.test(ours) : ours === '' || shown === '',
  );
  expect(bare).toEqual([]);
});

test('a row that only points to another points to one that is there', () => {
  const numbers = new Set(rows.map(({ number }) => number));
  const pointers = rows.flatMap(({ ours }) => [...ours.matchAll(/\bas (J?\d+)\b/g)].map(([, to]) => to));
  expect(pointers.filter((to) => to === undefined || !numbers.has(to))).toEqual([]);
});

test('every file named is there, and names what is said to be in it', () => {
  const missing = rows.flatMap(({ number, ours }) => [
    ...[...ours.matchAll(/`([\w./-]+\.ts)`/g)].flatMap(([, file = '']) =>
      existsSync(join(root, file)) ? [] : [`${number}: ${file}`],
    ),
    ...[...ours.matchAll(/`([A-Za-z]+)(?:\.(\w+))?`(?: and `(\w+)`)? (?:in|of) `([\w./-]+\.ts)`/g)].flatMap(
      ([, ...parts]) => {
        const file = parts.at(-1) ?? '';
        const text = existsSync(join(root, file)) ? textOf(file) : '';
        return parts
          .slice(0, -1)
          .flatMap((name) =>
            name === undefined || text.includes(name) ? [] : [`${number}: ${name} in ${file}`],
          );
      },
    ),
  ]);
  expect(missing).toEqual([]);
});

test('every test named is there', () => {
  const missing = rows.flatMap(({ number, shown }) => {
    if (shown === '—') return [];
    const [, file = '', title = ''] = /^`([\w./-]+\.test\.ts)`: (.+)$/.exec(shown) ?? [];
    const there = file !== '' && existsSync(join(root, file)) && titlesOf(file).has(title);
    return there ? [] : [`${number}: ${shown}`];
  });
  expect(missing).toEqual([]);
});
