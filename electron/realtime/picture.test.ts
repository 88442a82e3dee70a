import { expect, test } from 'vitest';
import { withoutBytes } from '../fal/realtime/codec.ts';
import { bytesIn, pictureOf } from './picture.ts';

const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 1]);
const PNG = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 1]);

test('bytes beside their type, as hosted models answer (fal-protocol §7.3)', () => {
  const output = {
    images: [{ content: JPEG, content_type: 'image/jpeg', width: 512, height: 384 }],
    seed: 7,
  };
  expect(pictureOf(output)).toEqual({ kind: 'bytes', bytes: JPEG, contentType: 'image/jpeg' });
  expect([...bytesIn(output)]).toEqual([
    { path: ['images', 0], bytes: JPEG, contentType: 'image/jpeg', width: 512, height: 384 },
  ]);
  expect(withoutBytes(output, () => 'media:x')).toEqual({
    images: [{ content: 'media:x', content_type: 'image/jpeg', width: 512, height: 384 }],
    seed: 7,
  });
});

test('bytes alone are known by their beginning', () => {
  expect(pictureOf({ frame: PNG })).toEqual({ kind: 'bytes', bytes: PNG, contentType: 'image/png' });
  expect(pictureOf({ frame: new Uint8Array([1, 2]) })).toBeNull();
});

test('a sound before the picture is passed over', () => {
  const sound = new Uint8Array([1]);
  expect(
    pictureOf({
      audio: { content: sound, content_type: 'audio/wav' },
      image: { content: JPEG, content_type: 'image/jpeg' },
    }),
  ).toMatchObject({ bytes: JPEG });
});

test('a data URI is read here, an address is told', () => {
  const data = `data:image/png;base64,${Buffer.from(PNG).toString('base64')}`;
  const read = pictureOf({ images: [{ url: data, content_type: 'image/png' }] });
  expect(read?.kind === 'bytes' && [...read.bytes]).toEqual([...PNG]);
  expect(pictureOf({ image: { url: 'https://v3.fal.media/a.png', content_type: 'image/png' } })).toEqual({
    kind: 'address',
    url: 'https://v3.fal.media/a.png',
    contentType: 'image/png',
  });
});

test('base64 beside its type, as JSON codecs have it', () => {
  const content = Buffer.concat([JPEG, Buffer.alloc(60)]).toString('base64');
  expect(pictureOf({ images: [{ content, content_type: 'image/jpeg' }] })).toMatchObject({ kind: 'bytes' });
});

test.each([{ text: 'hello' }, { images: [] }, {}])('%j has no picture', (output) =>
  expect(pictureOf(output)).toBeNull(),
);
