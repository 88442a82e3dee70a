import { expect, test } from 'vitest';
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

test('each section is there', () => {
  const sections = new Set(ROWS.map((row) => /^§[\d.]+/.exec('row' in row ? row.row : row[0])?.[0]));
  expect([...sections]).toEqual(
    '§3 §4.1 §4.2 §4.3 §4.4 §4.5 §4.6 §5 §6 §7.1 §7.2 §7.3 §7.4 §7.5 §7.6 §7.7 §8.1 §8.2 §8.3 §8.4 §8.5 §8.6 §9.1 §9.2 §10.1 §10.2 §10.3 §10.4 §10.5 §10.6'.split(
      ' ',
    ),
  );
});
