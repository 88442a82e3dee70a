import { describe, expect, it, test } from 'vitest';
import { appError } from '../../shared/fal/errors.ts';
import type { RunMedia, StoredMedia } from '../../shared/runs/run.ts';
import { mainPart, partsOf, viewerOf, posterOf } from './choose-viewer.ts';

const stored = (over: Partial<StoredMedia> & { readonly path?: (string | number)[] }): StoredMedia => ({
  kind: 'stored',
  path: ['file'],
  medium: 'file',
  sha256: 'a'.repeat(64),
  contentType: 'application/octet-stream',
  bytes: 3,
  width: null,
  height: null,
  fileName: 'a.bin',
  url: 'https://x.test/a',
  ...over,
});

describe('viewerOf', () => {
  test.each([
    ['image/png', 'file', 'a.txt', 'image'],
    ['image/svg+xml', 'file', 'a.svg', 'image'],
    ['video/mp4', 'image', 'a.png', 'video'],
    ['video/mp4', 'audio', 'a.mp4', 'audio'],
    ['audio/mpeg', 'file', 'a.bin', 'audio'],
    ['model/gltf-binary', 'file', 'a.bin', 'model'],
    ['model/gltf+json', 'file', 'a.gltf', 'model'],
    ['application/json', 'model', 'a.gltf', 'model'],
    ['application/octet-stream', 'model', 'a.glb', 'model'],
    ['application/octet-stream', 'model', 'a.fbx', 'file'],
    ['model/obj', 'model', 'a.obj', 'file'],
    ['text/plain', 'model', 'a.obj', 'file'],
    ['application/zip', 'model', 'a.usdz', 'file'],
    ['text/plain', 'file', 'a.srt', 'text'],
    ['text/plain', 'image', 'a.png', 'text'],
    ['application/x-subrip', 'file', 'a.srt', 'text'],
    ['text/csv', 'file', 'a.csv', 'text'],
    ['application/json', 'file', 'a.json', 'text'],
    ['application/zip', 'image', 'a.zip', 'file'],
    ['application/pdf', 'file', 'a.pdf', 'file'],
    ['application/octet-stream', 'file', 'a.safetensors', 'file'],
    ['application/octet-stream', 'image', 'a.bin', 'image'],
  ] as const)('%s under a name of %s, %s: %s', (contentType, medium, fileName, viewer) =>
    expect(viewerOf(stored({ contentType, medium, fileName }))).toBe(viewer),
  );

  it('takes the ending of the address where the name has none', () =>
    expect(viewerOf(stored({ medium: 'model', url: 'https://x.test/a.glb?token=1' }))).toBe('model'));
});

describe('partsOf', () => {
  const image = stored({ path: ['images', 0], medium: 'image', contentType: 'image/png' });

  it('a picture named as one stands for the film beside it', () => {
    const thumbnail = stored({ path: ['thumbnail'], medium: 'image', contentType: 'image/webp' });
    const film = stored({ path: ['video'], medium: 'video', contentType: 'video/mp4' });
    expect(posterOf(partsOf({ output: {}, media: [film, image, thumbnail] }))).toBe(thumbnail);
    expect(posterOf(partsOf({ output: {}, media: [film, image] }))).toBeUndefined();
  });
  const names = (output: Parameters<typeof partsOf>[0]['output'], ...media: RunMedia[]): string[] => {
    const parts = partsOf({ output, media });
    const main = mainPart(parts);
    return parts.map(
      (part, i) =>
        `${i === main ? '>' : ''}${part.path.join('.')}: ${part.kind === 'stored' ? part.viewer : part.kind}`,
    );
  };

  it('shows a picture, a text and a file, each as what it is and in the order of the output', () => {
    const zip = stored({ path: ['archive'], contentType: 'application/zip' });
    expect(names({ archive: {}, description: 'A hill.', images: [{}] }, image, zip)).toEqual([
      'archive: file',
      'description: texts',
      '>images.0: image',
    ]);
  });

  it('keeps the sounds of one result together', () => {
    const sound = (name: string): StoredMedia => stored({ path: [name], contentType: 'audio/wav' });
    const [first, second] = [sound('vocals'), sound('drums')];
    expect(
      partsOf({ output: { vocals: {}, text: 'a song', drums: {} }, media: [first, second] }),
    ).toMatchObject([{ kind: 'tracks', path: ['vocals'], files: [first, second] }, { kind: 'texts' }]);
    expect(names({ drums: {} }, second)).toEqual(['>drums: audio']);
  });

  it('begins with what a person came for', () => {
    const thumbnail = stored({ path: ['thumbnail'], contentType: 'image/png' });
    const glb = stored({ path: ['model_urls', 'glb'], contentType: 'model/gltf-binary' });
    expect(names({ thumbnail: {}, model_urls: { glb: {} } }, thumbnail, glb)).toEqual([
      'thumbnail: image',
      '>model_urls.glb: model',
    ]);
    const chunks = [{ timestamp: [0, 1], text: 'Over' }];
    expect(names({ text: 'Over', chunks })).toEqual(['text: texts', '>chunks: transcript']);
    expect(names({ timestamps: [{ start: 0, end: 1 }], text: 'a' })).toEqual([
      'timestamps: transcript',
      '>text: texts',
    ]);
  });

  it('says nothing twice and leaves out what is no words', () => {
    const beside = {
      prompt: 'a',
      actual_prompt: 'a hill at noon',
      video_id: 'abc',
      status: 'ok',
      images: [{}],
    };
    expect(names({ ...beside, seed: 7 }, image)).toEqual(['>images.0: image']);
    expect(names({ ...beside, output: 'yes' }, image)).toEqual(['>images.0: image', 'output: texts']);
    expect(names({ note: 'yes' })).toEqual(['>note: texts']);
    expect(names({ prompt: 'a hill at noon' })).toEqual(['>prompt: texts']);
    expect(partsOf({ output: { prompt: 'a', note: 'b' }, media: [] })).toMatchObject([
      { texts: [['note', 'b']] },
    ]);
    expect(names({ page: 'https://x.test/', file: `media:${'a'.repeat(64)}`, blank: ' ' })).toEqual([
      '>: json',
    ]);
  });

  it('reads the words of chat models and lists of texts', () => {
    const output = {
      id: '7',
      choices: [{ message: { role: 'assistant', content: 'Hello' } }],
      captions: ['a', 'b'],
    };
    expect(partsOf({ output, media: [] })).toEqual([
      {
        kind: 'texts',
        path: ['content'],
        texts: [
          ['content', 'Hello'],
          ['captions 1', 'a'],
          ['captions 2', 'b'],
        ],
      },
    ]);
  });

  it('shows what it does not know as JSON, and a file that was not copied as that', () => {
    expect(names({ score: 0.5 })).toEqual(['>: json']);
    expect(names(null)).toEqual([]);
    const remote: RunMedia = {
      kind: 'remote',
      path: ['image'],
      medium: 'image',
      url: 'https://x.test/a',
      error: appError('network', 'Away'),
    };
    expect(names({ image: {}, text: 'a hill' }, remote)).toEqual(['>image: remote', 'text: texts']);
  });
});
