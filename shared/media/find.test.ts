import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isJson } from '../json.ts';
import type { JsonValue } from '../json.ts';
import { findMedia } from './find.ts';

const kinds = (output: JsonValue) => findMedia(output).map(({ path, kind }) => `${path.join('.')}: ${kind}`);

describe('findMedia', () => {
  it('takes what a File or Image object says of itself', () => {
    const image = {
      url: 'https://v3.fal.media/files/a/1.png',
      content_type: 'image/PNG; charset=binary',
      file_name: '1.png',
      file_size: 1234,
      width: 1024,
      height: 768,
    };
    expect(findMedia({ images: [image], seed: 7, prompt: 'a wren' })).toEqual([
      {
        path: ['images', 0],
        url: image.url,
        kind: 'image',
        contentType: 'image/png',
        fileName: '1.png',
        width: 1024,
        height: 768,
      },
    ]);
  });

  it('trusts the content type, then the name, then the ending', () => {
    const url = 'https://x.test/f/1.png';
    expect(kinds({ video: { url, content_type: 'audio/mpeg' } })).toEqual(['video: audio']);
    expect(kinds({ video: { url, content_type: 'application/octet-stream' } })).toEqual(['video: video']);
    expect(kinds({ video: { url, content_type: null } })).toEqual(['video: video']);
    expect(kinds({ result: { url } })).toEqual(['result: image']);
    expect(kinds({ result: { url: 'https://x.test/f/1' } })).toEqual(['result: file']);
  });

  it('finds every shape of media fal answers', () => {
    expect(
      kinds({
        model_glb: { url: 'https://x.test/a' },
        model_urls: { glb: { url: 'https://x.test/m.glb' }, preview: { url: 'https://x.test/p.webp' } },
        model_mesh: { url: 'https://x.test/b', content_type: 'application/octet-stream' },
        frames_zip: { url: 'https://x.test/frames.zip' },
        diffusers_lora_file: { url: 'https://x.test/w.safetensors' },
        audio_url: 'https://x.test/sound',
        video: 'https://x.test/v?token=1',
        thumbnail_url: 'https://x.test/t',
        stems: [{ url: 'https://x.test/s1' }],
        outputs: [{ image: { url: 'https://x.test/o1' } }],
        frame: { content: 'iVBORw0KGgoAAAANSUhEUg==', content_type: 'image/png' },
        mesh_text: { url: 'https://x.test/m.obj', content_type: 'text/plain' },
        transcript_file: 'https://x.test/download/77',
      }),
    ).toEqual([
      'model_glb: model',
      'model_urls.glb: model',
      'model_urls.preview: model',
      'model_mesh: model',
      'frames_zip: file',
      'diffusers_lora_file: file',
      'audio_url: audio',
      'video: video',
      'thumbnail_url: image',
      'stems.0: audio',
      'outputs.0.image: image',
      'frame: image',
      'mesh_text: model',
      'transcript_file: file',
    ]);
  });

  it('reads data URIs, also where sync_mode puts them into `url`', () => {
    expect(
      findMedia({
        images: [{ url: 'data:image/webp;base64,AAAA', content_type: 'application/octet-stream' }],
      }),
    ).toEqual([
      { path: ['images', 0], url: 'data:image/webp;base64,AAAA', kind: 'image', contentType: 'image/webp' },
    ]);
    expect(kinds({ text: 'data:text/plain,hello' })).toEqual([]);
    expect(kinds({ anything: 'data:audio/wav;base64,AAAA' })).toEqual(['anything: audio']);
  });

  it('leaves links, control addresses, numbers and prose alone', () => {
    expect(
      kinds({
        status_url: 'https://queue.fal.run/a/b/requests/1/status',
        video_strength: 0.5,
        image_size: 'https://x.test/no-media',
        output: 'See https://x.test/a.png for more',
        citations: [{ url: 'https://news.test/story', title: 'A story' }],
        image: 'javascript:alert(1)',
        video: { url: 'file:///etc/passwd' },
        model: 'https://x.test/llm',
      }),
    ).toEqual([]);
  });

  it('names each address once, at its first place', () => {
    const file = { url: 'https://x.test/1.png' };
    expect(kinds({ image: file, images: [file, { url: 'https://x.test/2.png' }] })).toEqual([
      'image: image',
      'images.1: image',
    ]);
  });

  it('finds media behind a huge mask', () => {
    const mask = Array.from({ length: 30_000 }, (_, i) => [i, [i]]);
    expect(kinds({ mask, image: { url: 'https://x.test/1.png' } })).toEqual(['image: image']);
  });

  it('looks at no more than some thousands of a million files', () => {
    let reads = 0;
    const file = {
      get url() {
        reads += 1;
        return 'https://x.test/1.png';
      },
    };
    findMedia(file);
    const readsOfOne = reads;
    reads = 0;
    const row = Array.from({ length: 1000 }, () => file);
    const many = Array.from({ length: 1000 }, () => row);
    expect(kinds(many)).toEqual(['0.0: image']);
    expect(reads).toBeGreaterThan(1000 * readsOfOne);
    expect(reads).toBeLessThan(20_000 * readsOfOne);
  });

  it('never throws and answers only web or data addresses', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const found = isJson(value) ? findMedia(value) : [];
        expect(found.every(({ url }) => /^(https?|data):/i.test(url))).toBe(true);
      }),
    );
  });
});
