import { expect, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import { LogBook } from '../fal/log-book.ts';
import { saveMedia, saveRemaining } from './save-media.ts';
import type { FetchFile } from './save-media.ts';

const SHA = 'a'.repeat(64);
const stored =
  (contentType: string): FetchFile =>
  () =>
    Promise.resolve(ok({ sha256: SHA, bytes: 3, contentType }));
const away: FetchFile = () => Promise.resolve(fail(appError('network', 'Away')));
const quiet = (): Promise<void> => Promise.resolve();

test('each file is asked for with the type it claims, and progress is told before each', async () => {
  const asked: (readonly [string, string | null])[] = [];
  const told: string[] = [];
  const output = {
    video: { url: 'https://fal.media/a.mp4', content_type: 'video/mp4', file_name: '../../etc/clip' },
    audio_url: 'https://fal.media/b.wav',
  };
  const { media, output: same } = await saveMedia(
    output,
    async (url, type) => {
      asked.push([url, type]);
      return stored('video/mp4')(url, type);
    },
    async (done, total) => {
      told.push(`${done}/${total}`);
    },
  );
  expect(asked).toEqual([
    ['https://fal.media/a.mp4', 'video/mp4'],
    ['https://fal.media/b.wav', null],
  ]);
  expect(told).toEqual(['0/2', '1/2']);
  expect(media).toMatchObject([
    { path: ['video'], medium: 'video', fileName: 'clip.mp4', url: 'https://fal.media/a.mp4' },
    // These bytes may be sound alone, and the field says that they are.
    { path: ['audio_url'], medium: 'audio', fileName: 'b.mp4' },
  ]);
  expect(same).toBe(output);
});

test.each([
  ['image', 'https://fal.media/a.png', 'text/plain', 'file', 'a.txt'],
  ['image', 'https://fal.media/a.png', 'application/zip', 'file', 'a.zip'],
  ['video', 'https://fal.media/a.mp4', 'image/gif', 'image', 'a.gif'],
  ['model_urls', 'https://fal.media/a.obj', 'text/plain', 'model', 'a.obj'],
  ['srt', 'https://fal.media/a.srt', 'text/plain', 'file', 'a.srt'],
  ['file', 'https://fal.media/a.sh', 'text/plain', 'file', 'a.txt'],
  ['image', 'https://fal.media/a', 'application/octet-stream', 'image', 'a.bin'],
])('%s at %s that turns out %s is a %s, %s', async (name, url, type, medium, fileName) => {
  const { media } = await saveMedia({ [name]: { url } }, stored(type), quiet);
  expect(media).toMatchObject([{ medium, fileName }]);
});

test('sizes are kept where they are whole', async () => {
  const image = { url: 'https://fal.media/a.png', width: 64, height: 48.5 };
  const { media } = await saveMedia({ image }, stored('image/png'), quiet);
  expect(media).toMatchObject([{ width: 64, height: null }]);
});

test('what could not be copied is tried again, what was is left alone', async () => {
  const output = { images: ['https://fal.media/a.png', 'https://fal.media/b.png'] };
  const first: FetchFile = (url, type) => (url.endsWith('a.png') ? stored('image/png') : away)(url, type);
  const { media } = await saveMedia(output, first, quiet);
  expect(media).toMatchObject([{ kind: 'stored' }, { kind: 'remote', url: 'https://fal.media/b.png' }]);
  const asked: string[] = [];
  const later = await saveRemaining({ media, output }, (url, type) => {
    asked.push(url);
    return stored('image/png')(url, type);
  });
  expect(asked).toEqual(['https://fal.media/b.png']);
  expect(later[0]).toBe(media[0]);
  expect(later[1]).toMatchObject({ kind: 'stored', path: ['images', 1], fileName: 'b.png' });
});

test('a picture that could not be stored stays in the output: it is nowhere else', async () => {
  const output = { image: { url: 'data:image/png;base64,iVBORw0KGgoAAAANSUhEUg==' } };
  const saved = await saveMedia(output, away, quiet);
  expect(saved.output).toBe(output);
  expect(saved.media).toMatchObject([{ kind: 'remote', url: '' }]);
  expect(await saveRemaining(saved, stored('image/png'))).toMatchObject([{ kind: 'stored', url: '' }]);
});

test('a picture that is nowhere any more keeps its reason', async () => {
  const { media } = await saveMedia({ image: { url: 'data:image/png;base64,%%%' } }, away, quiet);
  expect(await saveRemaining({ media, output: null }, stored('image/png'))).toEqual(media);
});

test('taking a picture out does not touch other text, however short the picture', async () => {
  const output = { image: { url: 'data:image/svg+xml,a' }, empty: '', text: 'a' };
  expect((await saveMedia(output, stored('image/svg+xml'), quiet)).output).toEqual({
    image: { url: `media:${SHA}` },
    empty: '',
    text: 'a',
  });
});

test('the log book gives each line once, in order, and knows what was kept before', () => {
  const line = (message: string, timestamp = 't', level = 'INFO') => ({ message, level, timestamp });
  const book = new LogBook([line('old')]);
  expect(book.take([line('old'), line('a'), line('a'), line('b')])).toEqual([line('a'), line('b')]);
  expect(book.take([line('a'), line('a', 'later'), line('a', 't', 'ERROR')])).toEqual([
    line('a', 'later'),
    line('a', 't', 'ERROR'),
  ]);
});
