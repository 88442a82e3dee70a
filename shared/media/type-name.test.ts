import { expect, test } from 'vitest';
import { typeName } from './type-name.ts';

test.each([
  ['application/zip', 'a.zip', 'ZIP archive'],
  ['application/zip', 'a.usdz', '3D model (USDZ)'],
  ['application/zip', 'weights', 'ZIP archive'],
  ['application/octet-stream', 'a.safetensors', 'Model weights (safetensors)'],
  ['text/plain', 'a.obj', '3D model (OBJ)'],
  ['image/heic', 'a.HEIC', 'Picture (HEIC)'],
  ['text/plain', 'a.srt', 'Subtitles (SubRip)'],
  ['text/plain', 'a.mtl', '3D materials (MTL)'],
  ['application/wasm', 'a.wasm', 'application/wasm'],
  ['application/octet-stream', 'a.bin', 'File of a kind that is not known'],
])('%s as %s: %s', (type, name, words) => expect(typeName(type, name)).toBe(words));
