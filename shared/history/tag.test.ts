import { expect, test } from 'vitest';
import { parseQuery } from './query.ts';
import { tagWords, tidyTag } from './tag.ts';

test.each([
  ['  Best  of ', 'best of'],
  ['say "hi"', 'say hi'],
  ['ÄRGER 🙂', 'ärger 🙂'],
  ['x'.repeat(100), 'x'.repeat(60)],
  ['""', null],
  [' ', null],
])('“%s” is kept as %s', (text, tag) => expect(tidyTag(text)).toBe(tag));

test('a tag is found by its words, whatever it is made of', () => {
  for (const tag of ['best of', 'cost:>1', '-not', 'a:b'])
    expect(parseQuery(tagWords(tag), 0).terms.map(({ condition }) => condition)).toEqual([
      { kind: 'tag', tag },
    ]);
});
