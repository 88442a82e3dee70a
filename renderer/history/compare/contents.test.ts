import { expect, test } from 'vitest';
import type { StoredMedia } from '../../../shared/runs/run.ts';
import { allOf, contentOf } from './contents.ts';
import { aRun } from '../../stores/run.fixture.ts';

function stored(
  medium: StoredMedia['medium'],
  contentType: string,
  ...path: (string | number)[]
): StoredMedia {
  const rest = { bytes: 1, width: null, height: null, url: '' };
  return { kind: 'stored', path, medium, sha256: 'a'.repeat(64), contentType, fileName: 'a', ...rest };
}

test('what is compared of a run is what is seen of it first, and with a picture all its pictures', () => {
  const [first, second] = [
    stored('image', 'image/png', 'images', 0),
    stored('image', 'image/png', 'images', 1),
  ];
  const pictures = contentOf(aRun(1, { media: [first, second], output: { images: [] } }));
  expect(pictures).toEqual({ kind: 'pictures', files: [first, second], main: 0 });
  const film = stored('video', 'video/mp4', 'video');
  const beside = contentOf(aRun(1, { media: [stored('image', 'image/png', 'poster'), film], output: {} }));
  expect(beside).toEqual({ kind: 'film', file: film });
  expect(contentOf(aRun(1, { output: { text: 'It is a wren.' } }))).toMatchObject({ kind: 'texts' });
  expect(contentOf(aRun(1, { media: [stored('audio', 'audio/wav', 'audio')] })).kind).toBe('other');
  expect(contentOf(aRun(1)).kind).toBe('nothing');
});

test('only what is of one kind in all is compared as that', () => {
  const [text, none] = [contentOf(aRun(1, { output: { text: 'It is a wren.' } })), contentOf(aRun(2))];
  expect(allOf([text, text], 'texts')).toHaveLength(2);
  expect(allOf([text, none], 'texts')).toBeNull();
});
