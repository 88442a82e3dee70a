import { readFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import type { LocalModel, RunContext } from '../../electron/local-fal/index.ts';
import { makeDocument } from '../local-fal/fixture-documents.ts';

export const KINDS_ID = 'test/kinds';

const media = (name: string): Buffer => readFileSync(new URL(`../local-fal/media/${name}`, import.meta.url));
const picture = (): Buffer => readFileSync(new URL('../../build/icon.png', import.meta.url));

/** A GLB whose JSON says more than the cube's own does. */
function cubeWith(more: object): Buffer {
  const cube = media('cube.glb');
  const end = 20 + cube.readUInt32LE(12);
  const json: object = { ...JSON.parse(cube.subarray(20, end).toString()), ...more };
  const text = JSON.stringify(json);
  const chunk = Buffer.from(text.padEnd(Math.ceil(text.length / 4) * 4));
  const head = Buffer.from(cube.subarray(0, 20));
  head.writeUInt32LE(20 + chunk.length + cube.length - end, 8);
  head.writeUInt32LE(chunk.length, 12);
  return Buffer.concat([head, chunk, cube.subarray(end)]);
}

/** The cube as one text, its bytes within it. */
function cubeAsText(): Buffer {
  const cube = media('cube.glb');
  const end = 20 + cube.readUInt32LE(12);
  const json: object = JSON.parse(cube.subarray(20, end).toString());
  const bytes = cube.subarray(end + 8);
  const uri = `data:application/octet-stream;base64,${bytes.toString('base64')}`;
  return Buffer.from(JSON.stringify({ ...json, buffers: [{ byteLength: bytes.length, uri }] }));
}

/** A PNG of one colour, 30,000 pixels a side. */
function vastPicture(): Buffer {
  const side = 30_000;
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head[8] = 1;
  const lines = deflateSync(Buffer.alloc(side * (side / 8 + 1)), { level: 1 });
  const chunk = (name: string, bytes: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(name), bytes]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(bytes.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const mark = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([mark, chunk('IHDR', head), chunk('IDAT', lines), chunk('IEND', Buffer.alloc(0))]);
}

type Outputs = Readonly<
  Record<string, (store: (name: string, bytes: Buffer, type?: string) => object) => object>
>;

/** What the model answers, by the words it is asked with. */
const OUTPUTS: Outputs = {
  picture: (store) => ({
    images: [store('hill.png', picture(), 'image/png')],
  }),
  video: (store) => ({ video: store('clip.mp4', media('clip.mp4'), 'video/mp4') }),
  sound: (store) => ({ audio: store('chord.wav', media('chord.wav'), 'audio/wav') }),
  stems: (store) => ({
    vocals: store('vocals.wav', media('chord.wav'), 'audio/wav'),
    drums: store('drums.wav', Buffer.concat([media('chord.wav'), Buffer.alloc(2)]), 'audio/wav'),
  }),
  object: (store) => ({ model_glb: store('cube.glb', media('cube.glb'), 'model/gltf-binary') }),
  'object as text': (store) => ({
    model_urls: { gltf: store('cube.gltf', cubeAsText(), 'model/gltf+json') },
  }),
  'packed object': (store) => ({
    model_glb: store('packed.glb', cubeWith({ extensionsUsed: ['KHR_draco_mesh_compression'] })),
  }),
  'scattered object': (store) => ({
    model_glb: store('far.glb', cubeWith({ images: [{ uri: 'https://example.com/a.png' }] })),
  }),
  mesh: (store) => ({
    model_mesh: store('hill.obj', Buffer.from('v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n'), 'text/plain'),
  }),
  transcript: () => ({
    text: 'Over the hills and far away.',
    chunks: [
      { timestamp: [0, 0.9], text: ' Over the hills', speaker: 'SPEAKER_00' },
      { timestamp: [0.9, null], text: ' and far away.', speaker: 'SPEAKER_01' },
    ],
  }),
  captions: (store) => ({
    video: store('clip.mp4', media('clip.mp4'), 'video/mp4'),
    srt: store('captions.srt', media('captions.srt'), 'application/x-subrip'),
  }),
  notes: (store) => ({
    notes: store('notes.md', Buffer.from('# The hill\n\nIt is **high**.\n'), 'text/markdown'),
  }),
  table: (store) => ({
    table: store('figures.csv', Buffer.from('hill,height\nHigh Down,241\n'), 'text/csv'),
  }),
  archive: (store) => ({ frames_zip: store('bundle.zip', media('bundle.zip'), 'application/zip') }),
  weights: (store) => ({ lora_file: store('weights.safetensors', media('weights.safetensors')) }),
  'broken picture': (store) => ({
    image: store('hill.png', Buffer.from('89504e470d0a1a0a00', 'hex'), 'image/png'),
  }),
  // Some hundred kilobytes that would be gigabytes of pixels.
  'vast picture': (store) => ({ image: store('vast.png', vastPicture(), 'image/png') }),
  'broken sound': (store) => ({
    audio: store('chord.mp3', Buffer.from('ID3\u0004\0\0\0\0\0\0junk'), 'audio/mpeg'),
  }),
  'broken object': (store) => ({ model_glb: store('cube.glb', media('cube.glb').subarray(0, 700)) }),
  'page for a picture': (store) => ({
    image: store('hill.png', Buffer.from('<html>Not found</html>'), 'image/png'),
  }),
  everything: (store) => ({
    description: 'A hill, what it sounds like, and all that belongs to it.',
    image: store('hill.png', picture(), 'image/png'),
    audio: store('chord.wav', media('chord.wav'), 'audio/wav'),
    archive: store('bundle.zip', media('bundle.zip'), 'application/zip'),
  }),
  score: () => ({ scores: { hill: 0.75 } }),
  gone: () => ({ image: { url: 'https://127.0.0.1:1/hill.png', content_type: 'image/png' } }),
  private: () => ({ image: { url: 'http://10.0.0.1/hill.png', content_type: 'image/png' } }),
};

/** A model that answers with what its prompt names. */
export function kindsModel(): LocalModel {
  const document = makeDocument(KINDS_ID, {
    In: {
      type: 'object',
      required: ['prompt'],
      'x-fal-order-properties': ['prompt', 'audio_url'],
      properties: {
        prompt: { type: 'string', title: 'Prompt' },
        audio_url: { type: 'string', title: 'Audio Url' },
      },
    },
    Out: { type: 'object', properties: {} },
  });
  return {
    endpointId: KINDS_ID,
    metadata: {
      display_name: 'Kinds',
      category: 'text-to-image',
      description: '',
      tags: [],
      updated_at: '2026-01-01T00:00:00Z',
      date: '2026-01-01T00:00:00Z',
    },
    price: null,
    streams: false,
    openapi: () => document,
    validate: () => null,
    async *run(input, context: RunContext) {
      await context.pause(1);
      const store = (fileName: string, bytes: Buffer, contentType = 'application/octet-stream'): object =>
        context.store({ bytes, contentType, extension: fileName.split('.').at(-1) ?? 'bin', fileName });
      yield { kind: 'output', data: OUTPUTS[askedOf(input)]?.(store) ?? {} };
    },
  };
}

function askedOf(input: unknown): string {
  return typeof input === 'object' && input !== null ? String(Reflect.get(input, 'prompt')) : '';
}
