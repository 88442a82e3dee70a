import { expect, test } from 'vitest';
import { typeOfUnclaimed } from './sniff.ts';

const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex');

test.each([
  ['a picture', png, 'image/png'],
  ['a GLB', Buffer.from('676c544602000000640000004c0000004a534f4e', 'hex'), 'model/gltf-binary'],
  ['words', Buffer.from('Grüße,\n\tof many kinds'), 'text/plain'],
  ['words cut in a character', Buffer.from('Grü').subarray(0, 3), 'text/plain'],
  ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'image/svg+xml'],
  [
    'an SVG with all that may stand before it',
    Buffer.from('\ufeff<?xml version="1.0"?>\n<!-- made by hand --><!DOCTYPE svg>\n<svg width="1">'),
    'image/svg+xml',
  ],
  ['a page with an SVG in it', Buffer.from('<html><svg></svg></html>'), 'text/plain'],
  ['bytes of no kind', Buffer.from([0, 1, 2, 0xff]), 'application/octet-stream'],
  ['text with a control character', Buffer.from('a\u0000b'), 'application/octet-stream'],
])('%s', async (_, bytes, type) => expect(await typeOfUnclaimed(bytes)).toBe(type));
