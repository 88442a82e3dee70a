/** Two hundred searches of every kind, in histories that `generateHistory` made. */
export function manyQueries(): readonly string[] {
  const words = [
    'wren',
    'lighthouse',
    'light',
    'fog',
    'zeppelin',
    'samovar',
    '灯台',
    '夜の屋台',
    '湖边',
    'منارة',
    'маяк',
    'çalıkuşu',
    '🦊',
    'prompt',
    'a',
    'qqqqzzz',
  ];
  const phrases = [
    '"soft light"',
    '"beside a frozen lake"',
    '"two foxes"',
    '"月明かりの下で"',
    '"no such words at all"',
    '"35mm film"',
  ];
  const names = [
    'model:flux',
    'model:fal',
    'model:nothing-of-the-kind',
    'kind:image',
    'kind:video',
    'kind:audio',
    'kind:3d',
    'kind:text',
    'kind:file',
  ];
  const standings = [
    'is:starred',
    'is:noted',
    'is:live',
    'is:batch',
    'is:trashed',
    'is:done',
    'is:failed',
    'is:cancelled',
    'is:lost',
    'is:running',
  ];
  const amounts = ['cost:>0.1', 'cost:<0.01', 'cost:0.03', 'cost:0.05..0.5', 'cost:>1000'];
  const dates = [
    'date:2026-03',
    'date:2026',
    'date:2025-11-14',
    'date:2026-01..2026-04',
    'before:2025-09',
    'after:2026-08-01',
    'date:yesterday',
  ];
  const marks = ['tag:poster', 'tag:夏', 'tag:none-of-these', 'key:work', 'key:home'];
  const singles = [...words, ...phrases, ...names, ...standings, ...amounts, ...dates, ...marks, ''];
  const nots = [
    ...words.slice(0, 8),
    ...phrases.slice(0, 2),
    ...standings.slice(0, 3),
    'kind:image',
    'tag:draft',
  ].map((word) => `-${word}`);
  // What is typed letter by letter.
  const typed = Array.from({ length: 'heron at low tide'.length }, (_, i) =>
    'heron at low tide'.slice(0, i + 1),
  );
  const filters = [...names.slice(0, 2), ...names.slice(3, 8), ...standings, ...amounts, ...dates, ...marks];
  const count = 200 - singles.length - nots.length - typed.length;
  const mixed = Array.from({ length: count }, (_, i) => {
    const word = words[i % words.length] ?? '';
    const filter = filters[(i * 7) % filters.length] ?? '';
    const other = i % 3 === 0 ? ` ${nots[(i * 5) % nots.length] ?? ''}` : '';
    return `${word} ${filter}${other}`;
  });
  return [...singles, ...nots, ...typed, ...mixed];
}
