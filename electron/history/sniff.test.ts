import { expect, test } from 'vitest';
import { typeOfResult, typeOfUnclaimed } from './sniff.ts';

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

const words = Buffer.from('1\n00:00:00,000 --> 00:00:01,000\nOver the hills\n');
const opaque = Buffer.from([0, 1, 2, 0xff]);

test.each([
  ['the bytes before any word', png, 'video/mp4', 'text/plain', 'image/png'],
  ['captions by the model’s word', words, 'application/x-subrip', null, 'application/x-subrip'],
  ['a table by how it was served', words, null, 'text/csv; charset=utf-8', 'text/csv'],
  ['text that nobody names', words, 'application/octet-stream', null, 'text/plain'],
  ['a mesh that is written', Buffer.from('v 0 0 0\nf 1 1 1\n'), 'model/obj', null, 'model/obj'],
  ['text that is called a sound', words, 'audio/mpeg', 'audio/mpeg', 'text/plain'],
  ['bytes that are called text', opaque, 'text/plain', 'application/json', 'application/octet-stream'],
  ['a picture of a kind no bytes tell', opaque, 'image/x-raw', null, 'image/x-raw'],
  ['a page, by every name', Buffer.from('<html></html>'), 'text/html', 'text/html', 'text/plain'],
  ['an SVG that is called text', Buffer.from('<svg >'), 'text/plain', null, 'image/svg+xml'],
])('of a result: %s', async (_, bytes, claimed, served, type) =>
  expect(await typeOfResult(bytes, claimed, served)).toBe(type),
);
