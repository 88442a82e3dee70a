import { expect, test } from 'vitest';
import { inlineBytes, readGltf, whyNotDrawn, withAddresses } from './gltf.ts';
import type { Gltf } from './gltf.ts';

const asset = { version: '2.0' };
const meshes = [{}];
/** A GLB: its JSON padded with blanks, and some bytes behind it. */
function glb(json: object, tail = [4, 0, 0, 0, 0x42, 0x49, 0x4e, 0, 1, 2, 3, 4]): Uint8Array {
  const words = JSON.stringify(json);
  const chunk = new TextEncoder().encode(words.padEnd(Math.ceil(words.length / 4) * 4));
  const head = new DataView(new ArrayBuffer(20));
  [0x46546c67, 2, 20 + chunk.length + tail.length, chunk.length, 0x4e4f534a].forEach((word, i) =>
    head.setUint32(i * 4, word, true),
  );
  return new Uint8Array([...new Uint8Array(head.buffer), ...chunk, ...tail]);
}

const CUBE = glb({ asset: { version: '2.0' }, meshes: [{ name: 'Cube' }] });
const text = (json: object): Uint8Array => new TextEncoder().encode(JSON.stringify(json));
const document = (json: object): Gltf => {
  const gltf = readGltf(text({ asset, meshes, ...json }));
  if (gltf === null) throw new Error('no glTF');
  return gltf;
};

test('reads a GLB, and writes the same shape again', async () => {
  const cube = readGltf(CUBE);
  expect(cube?.json['meshes']).toHaveLength(1);
  if (cube === null) return;
  expect(whyNotDrawn(cube)).toBeNull();
  const again = new Uint8Array(await new Blob([...withAddresses(cube, new Map())]).arrayBuffer());
  expect(readGltf(again)).toEqual(cube);
  expect(new DataView(again.buffer).getUint32(8, true)).toBe(again.byteLength);
});

test.each([
  ['nothing', new Uint8Array(0)],
  ['other bytes', new Uint8Array(100)],
  ['words', text([])],
  ['JSON of another kind', text({ meshes })],
  ['the first version', text({ asset: { version: '1.0' } })],
  ['a GLB cut short', CUBE.slice(0, 60)],
  ['a GLB of the first version', CUBE.slice().fill(1, 4, 5)],
])('%s is no glTF', (_, bytes) => expect(readGltf(bytes)).toBeNull());

test.each([
  ['Draco', { extensionsRequired: ['KHR_draco_mesh_compression'] }, /packed with Draco/],
  ['KTX2, offered beside another', { extensionsUsed: ['KHR_texture_basisu'] }, /Basis Universal/],
  ['files beside it', { buffers: [{ uri: 'scene.bin' }] }, /in other files/],
  ['files of the network', { images: [{ uri: 'https://x.test/a.png' }] }, /in other files/],
  ['no shape', { meshes: [] }, /no shape/],
])('is not drawn for %s', (_, json, why) => expect(whyNotDrawn(document(json))).toMatch(why));

test('bytes within the JSON are drawn once they have an address', () => {
  const [shape, picture] = ['data:application/octet-stream;base64,AAAA', 'data:image/png;base64,BBBB'];
  const gltf = document({
    buffers: [{ uri: shape, byteLength: 3 }, { byteLength: 1 }],
    images: [{ uri: picture }, { uri: picture }],
  });
  expect(whyNotDrawn(gltf)).toBeNull();
  expect(inlineBytes(gltf)).toEqual([shape, picture]);
  const [json = new Uint8Array(0)] = withAddresses(
    gltf,
    new Map([
      [shape, 'blob:a'],
      [picture, 'blob:b'],
    ]),
  );
  expect(JSON.parse(new TextDecoder().decode(json))).toMatchObject({
    buffers: [{ uri: 'blob:a', byteLength: 3 }, { byteLength: 1 }],
    images: [{ uri: 'blob:b' }, { uri: 'blob:b' }],
  });
});
