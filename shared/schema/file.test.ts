import { describe, expect, it } from 'vitest';
import type { JsonObject } from '../json.ts';
import { checkInput } from './check.ts';
import type { Field } from './field.ts';
import { formOf } from './form.fixture.ts';
import { fileMedium } from './file.ts';
import { setAt } from './draft.ts';

const text: JsonObject = { type: 'string' };

describe('what a property of text holds', () => {
  it.each([
    ['image', 'image_url end_image_url mask_url mask_image_url first_frame_url relit_cond_img_url imageUrl'],
    ['image', 'image_url_2 source_face_url texture_image_url image_uri'],
    ['video', 'video_url mask_video_url reference_pose_video_url'],
    ['audio', 'audio_url driven_audio_url voice_url'],
    ['model', 'mesh_url body_mesh_url'],
    ['any', 'image_data_url training_data_url srt_file_url font_file_h1_url media_url input_file_url'],
    [undefined, 'url lora_url config_url model_url ic_light_model_url webhook_url control_method_url'],
    [undefined, 'image video audio mask prompt image_size image_encoder_path model_name video_description'],
  ])('%s: %s', (medium, names) => {
    const list = names.split(' ');
    expect(list.map((name) => [name, fileMedium(name, [text])])).toEqual(list.map((name) => [name, medium]));
  });

  it.each<readonly [string, string, JsonObject, string | undefined]>([
    ['a hint', 'control', { ui: { field: 'image' } }, 'image'],
    ['a hint in the other spelling', 'thing', { _fal_ui_field: 'image_mask' }, 'image'],
    ['a hint against the name', 'image_url', { ui: { field: 'video' } }, 'video'],
    ['an archive', 'images', { _fal_ui_field: 'archive' }, 'any'],
    ['a hint that says nothing', 'reference_image_url', { ui: { field: 'url' } }, 'image'],
    ['a name without _url, by its words', 'garment_image', { description: 'URL or base64 of it' }, 'image'],
    ['a name without _url, by its example', 'image', { examples: ['https://a.b/c'] }, 'image'],
    ['an example’s ending', 'style_url', { examples: ['https://a.b/c.wav?x=1'] }, 'audio'],
    ['weights by their ending', 'style_url', { examples: ['https://a.b/c.safetensors'] }, undefined],
    ['a 3D model', 'model_url', { description: 'URL of a 3D model in GLB format' }, 'model'],
    ['weights', 'model_url', { description: 'The model weights' }, undefined],
    ['a file, by its words', 'media_url', { description: 'URL of the audio file' }, 'audio'],
    ['a file of two media', 'media_url', { description: 'An audio file or video file' }, 'any'],
    ['a 3D file', 'input_file_url', { description: 'A GLB or OBJ file' }, 'model'],
    ['an archive of images', 'image_data_url', { description: 'ZIP archive, each image file' }, 'any'],
    ['a name that says nothing', 'source', { description: 'URL of the image.' }, 'image'],
    ['what to compare', 'reference', { description: 'The image to compare with.' }, 'image'],
    ['words about an image', 'mood', { description: 'The mood of the image' }, undefined],
    ['a prompt', 'prompt', { description: 'The image to make' }, undefined],
    ['a file of data', 'boxes_url', { description: 'URL to a JSON file' }, 'any'],
    ['a configuration', 'config_url', { description: 'URL to a JSON file' }, undefined],
  ])('%s', (_, name, node, medium) => {
    expect(fileMedium(name, [{ ...text, ...node }])).toBe(medium);
  });
});

describe('a field of a file', () => {
  const form = formOf({
    image_url: { type: 'string', minLength: 5, maxLength: 12 },
    tail_image_url: { anyOf: [{ type: 'string', ui: { field: 'image' } }, { type: 'null' }] },
    image_urls: { type: 'array', items: { type: 'string', ui: { field: 'image' } } },
    image_size: { type: 'string', enum: ['a', 'b'] },
  });
  const kinds = form.fields.map((field: Field) =>
    field.kind === 'file'
      ? `${field.name} ${field.medium} ${field.advanced}`
      : field.kind === 'list' && field.item.kind === 'file'
        ? `${field.name} list of ${field.item.medium}`
        : `${field.name} ${field.kind}`,
  );

  it('is one text that may be an address, or a list of them', () => {
    expect(kinds).toEqual([
      'image_url image false',
      'tail_image_url image false',
      'image_urls list of image',
      'image_size choice',
    ]);
  });

  it('checks an address as the schema says, but not the name of a file that has none yet', () => {
    const problems = (value: string) => checkInput(form, { image_url: value }).map(({ message }) => message);
    expect(problems('abc')).toEqual(['At least 5 characters']);
    expect(problems('https://fal.media/a.png')).toEqual(['At most 12 characters']);
    expect(problems(`media:${'a'.repeat(64)}`)).toEqual([]);
    expect(checkInput(form, { image_url: 5 }).map(({ message }) => message)).toEqual(['Text']);
  });

  it('is in sight in a long form, but for subtitles and the like', () => {
    const names = ['mesh_url', 'voice_url', 'srt_file_url', 'a', 'b', 'c', 'd', 'e'];
    const long = formOf(Object.fromEntries(names.map((name) => [name, { type: 'string' }])));
    const shown = long.fields.filter((field) => !field.advanced).map((field) => field.name);
    expect(shown).toEqual(['mesh_url', 'voice_url']);
  });

  it('emptied, is left out', () => {
    expect(setAt(form, { image_url: 'https://a.b' }, ['image_url'], '')).toEqual({});
  });
});
