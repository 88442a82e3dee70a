import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { DESIGN_8 } from './design-8.ts';
import { PROTOCOL } from './protocol-rows.ts';
import { ROWS } from './rows.ts';
import { titlesOf } from './titles.ts';

test('every row has a test that is there, or says why it has none', () => {
  const broken = ROWS.flatMap((row) => {
    if ('why' in row) return row.why === '' ? [row.row] : [];
    const [name, file, title] = row;
    return titlesOf(file).has(title) ? [] : [`${name}: ${file}: ${title}`];
  });
  expect(broken).toEqual([]);
});

test('every weakness has tests that are there', () => {
  const broken = Object.entries(DESIGN_8).flatMap(([row, tests]) =>
    tests.length > 0 && tests.every(([file, title]) => titlesOf(file).has(title)) ? [] : [row],
  );
  expect(broken).toEqual([]);
});

test('every row of the protocol has one of ours', () => {
  const ours = new Set(ROWS.map((row) => ('row' in row ? row.row : row[0])));
  const missing = Object.entries(PROTOCOL).flatMap(([section, rows]) =>
    rows
      .map((row) =>
        row.replace(/^(.*?)(?: (§[\d.]+))?$/, (_all, name: string, other = section) => `${other} ${name}`),
      )
      .filter((row) => !ours.has(row)),
  );
  expect(missing).toEqual([]);
});

/** How many rows of tables and points of lists each section from §3 to §10 holds. */
function counted(text: string): Record<string, number> {
  const counts: Record<string, number> = {};
  let section = '';
  for (const line of text.split('\n')) {
    const [, number] = /^#{2,3} ((?:[3-9]|10)(?:\.\d)?)\.? /.exec(line) ?? [];
    if (line.startsWith('#')) section = number === undefined ? '' : `§${number}`;
    // The line under a table's head takes the head away again.
    const head = /^\|[-| ]+\|$/.test(line);
    if (section !== '' && (line.startsWith('|') || /^(?:- |\d+\. )/.test(line)))
      counts[section] = (counts[section] ?? 0) + (head ? -1 : 1);
  }
  return counts;
}

const protocol = fileURLToPath(new URL('../../../shared/fal-protocol.md', import.meta.url));
test.skipIf(!existsSync(protocol))('no row of the protocol is missing', () => {
  const ours = Object.entries(PROTOCOL).map(([section, rows]) => [section, rows.length]);
  expect(counted(readFileSync(protocol, 'utf8'))).toEqual(Object.fromEntries(ours));
});

const design = fileURLToPath(new URL('../../../shared/DESIGN.md', import.meta.url));
test.skipIf(!existsSync(design))('every weakness of DESIGN §8 is there, in its order', () => {
  const [, section = ''] = /\n## 8\. [^\n]*\n(.*?)\n## /s.exec(readFileSync(design, 'utf8')) ?? [];
  const [, , ...rows] = section.split('\n').filter((line) => line.startsWith('|'));
  expect(rows.map((line) => line.split('|')[1]?.trim())).toEqual(Object.keys(DESIGN_8));
});

test('each section is there', () => {
  const sections = new Set(ROWS.map((row) => /^§[\d.]+/.exec('row' in row ? row.row : row[0])?.[0]));
  expect([...sections]).toEqual(
    '§3 §4.1 §4.2 §4.3 §4.4 §4.5 §4.6 §5 §6 §7.1 §7.2 §7.3 §7.4 §7.5 §7.6 §7.7 §8.1 §8.2 §8.3 §8.4 §8.5 §8.6 §9.1 §9.2 §10.1 §10.2 §10.3 §10.4 §10.5 §10.6'.split(
      ' ',
    ),
  );
});
