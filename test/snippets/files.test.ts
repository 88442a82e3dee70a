import { describe, expect, test } from 'vitest';
import { idOf } from '../../electron/fal/fal.fixture.ts';
import { filesOf } from '../../shared/snippets/call.ts';
import type { Call } from '../../shared/snippets/call.ts';
import { codeLanguages, snippet } from '../../shared/snippets/snippet.ts';

/** The files that the code of a request uploads, by the names they have beside it. */

function callWith(...names: readonly string[]): Call {
  const files = names.map((fileName, index) => ({ sha256: `${index}`.repeat(64), fileName }));
  return {
    endpoint: idOf('acme/bird'),
    method: 'queue',
    input: { images: files.map(({ sha256 }) => `media:${sha256}`) },
    files: new Map(files.map(({ sha256, fileName }) => [sha256, { fileName, contentType: 'image/png' }])),
  };
}

const namesOf = (call: Call): readonly string[] => filesOf(call).map(({ name }) => name);

test('files of different names keep them', () => {
  expect(namesOf(callWith('wren.png', 'owl.png'))).toEqual(['wren.png', 'owl.png']);
});

test('a name that is there already is numbered, whatever its capitals, and never onto a third', () => {
  expect(namesOf(callWith('image.png', 'image.png', 'Image.png'))).toEqual([
    'image.png',
    'image-2.png',
    'Image-3.png',
  ]);
  expect(namesOf(callWith('a.png', 'a-2.png', 'a.png'))).toEqual(['a.png', 'a-2.png', 'a-3.png']);
});

describe.each(codeLanguages)('%s', (language) => {
  test('uploads two files of one name as two', () => {
    const code = snippet(language, callWith('image.png', 'image.png')) ?? '';
    expect(code.match(/image(?:-\d)?\.png/g)?.toSorted()).toEqual(
      expect.arrayContaining(['image-2.png', 'image.png']),
    );
  });
});
