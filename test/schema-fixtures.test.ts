import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../shared/json.ts';
import { checkInput } from '../shared/schema/check.ts';
import type { Field } from '../shared/schema/field.ts';
import { readForm } from '../shared/schema/fields.ts';
import type { Path } from '../shared/schema/path.ts';
import { buildRequest } from '../shared/schema/request.ts';
import { describeField } from './describe-field.ts';

const folder = new URL('./fixtures/schemas/', import.meta.url);

/** What each small document of our own must become: its fields (see `describeField`), or why it cannot be read. */
const expected: Record<string, readonly string[] | string> = {
  advanced: [
    'prompt: long text',
    'negative_prompt: long text, advanced',
    'image_url: file (image)',
    'guidance_scale: number by 0.1, advanced',
    'num_inference_steps: integer by 1',
    'seed: seed',
    'scheduler: choice of "a" | "b", advanced',
    'depth_map: file (image)',
    'control?: file (image)',
    'tone: text',
    'old_mode: text, advanced, deprecated',
    'needed*: text',
  ],
  'all-of-root': ['prompt*: long text', 'extra*: text'],
  'any-object': 'This model takes any JSON as its input.',
  'box-is-no-size': [
    'box?: group {width: integer by 1; height: integer by 1; length: integer by 1}',
    'picture: json (object with 3 fields or "a")',
  ],
  constants: [
    'duration: choice of "8s" = "8s"',
    'schedule?: choice of "sgm_uniform"',
    'upscale_factor: choice of 4',
  ],
  cycle: [
    'prompt*: long text',
    'tree: group {children: json (list of objects) It contains itself.; name: text}',
    'loop: json (any JSON value)',
  ],
  'dangling-input': 'The model’s document does not describe its input.',
  'dangling-inside': ['prompt*: long text', 'points: json (list)', 'track: json (any JSON value)'],
  'defaults-that-do-not-fit': [
    'steps: integer 1..50 by 1 slider',
    'caption: text ..5',
    'mode: choice of "a" | "b"',
    'size: size 1..14142 or square_hd 1024x1024 | square 512x512 | portrait_4_3 768x1024 | portrait_16_9 576x1024 | landscape_4_3 1024x768 | landscape_16_9 1024x576',
    'list: list of (Item: text)',
    'name?: text',
  ],
  'docstring-help': ['prompt: long text', 'plain: text', 'none: text'],
  examples: ['prompt: long text', 'points: list of (Point: text)', 'n: integer by 1', 'single: text'],
  'exclusive-limits': [
    'scale: number 1..<10 by 0.1 slider = 3.5',
    'width: integer 1..14142 by 1 = 1024',
    'old: number >0..1 by 0.01 slider',
    'crossed: number by 0.1',
  ],
  'expansion-failed': 'fal could not produce this model’s document (Failed to expand the OpenAPI schema).',
  'hidden-and-deprecated': [
    'prompt*: long text',
    'old: text, advanced, deprecated',
    'internal_but_needed*: text',
  ],
  'input-named-like-another': [
    'prompt*: long text',
    'loras: list of (LoRA: group (lora) {path*: text; scale: number 0..4 by 0.1 slider = 1}) = []',
  ],
  'integer-enum': ['scale: choice of 2 | 4 | 8 = 4', 'bit_rate?: choice of 128 | 256'],
  labels: [
    'num_inference_steps: integer by 1',
    'image_url: file (image)',
    'cfg_scale: number by 0.1, advanced',
    'lora_path: text, advanced',
    'output_fps: integer by 1, advanced',
    'steps: integer by 1',
    'size: size 1..14142',
    'startTime: number by 0.1, advanced',
    'lang: text, advanced',
  ],
  lists: [
    'image_urls*: list of (Image: file (image)) 1..4',
    'loras: list of (LoRA: group (lora) {path*: text; scale: number by 0.1}) = [], advanced',
    'stems: list of (Stem: choice of "vocals" Vocals | "drums" Drums) unique = ["vocals","drums"], advanced',
    'background_color?: tuple of (Value 1: integer by 1; Value 2: integer by 1; Value 3: integer by 1), advanced',
    'anything: json (list), advanced',
    'paths: list of (Path: list of (Item: number by 0.1)), advanced',
    'tags: list of (Tag: text) or one, advanced',
  ],
  'long-text': [
    'lyrics: long text',
    'style: long text ..2000',
    'note: long text = "worst quality, low quality, blurry, out of focus, watermark, signature, extra fingers, deformed"',
    'question: long text',
    'trigger_word: text',
    'image_url: file (image) 1..2083',
  ],
  'maps-and-untyped': [
    'extra: json (any JSON value)',
    'timings: map of (number by 0.1)',
    'options: json (object)',
    'speakers?: list of (Speaker: list of (Item: integer by 1)?)',
  ],
  'multiple-of': [
    'height: integer 64..2048 by 8 strictly slider = 512',
    'ratio: number 0..1 by 0.05 strictly slider = 0.35',
    'off: number by 0.1 strictly',
  ],
  'names-of-objects': ['constructor*: text', 'toString: integer by 1 = 1', 'hasOwnProperty: switch'],
  'no-fields': [],
  'no-order': [
    'prompt*: long text',
    'image_url*: file (image)',
    'strength: number 0..1 by 0.01 slider = 0.5',
  ],
  'no-output': ['prompt: long text'],
  'no-slider': [
    'width: integer 1..14142 by 1',
    'max_tokens: integer 1.. by 1',
    'points: integer 40000..1500000 by 1 = 500000',
    'strength: number 0..1 by 0.01 slider',
  ],
  'null-everywhere': [
    'a?: text',
    'b?: number by 0.1',
    'c?: text',
    'd?: json (any JSON value)',
    'e: integer by 1',
  ],
  'nullable-enum': [
    'voice?: choice of "af_heart" | "am_adam"',
    'style?: choice of "ink" Ink | "oil" Oil',
    'quality?: choice of "low" Low | "high" High',
  ],
  'number-or-integer': [
    'guidance_scale?: number by 0.1 = 5',
    'align: json (text or number) = "center"',
    'bpm?: json (whole number or "auto") = "auto"',
  ],
  'odd-component-names': ['style: choice of "ink" Ink | "oil" Oil'],
  'oldest-form': ['prompt*: long text'],
  'open-enum': ['aspect_ratio: choice of "16:9" | "1:1" | any text = "3:2"'],
  'option-names': [
    'tone: choice of "first_frame" First frame | "last_frame" Last frame',
    'sampler: choice of "dpmpp_2m" | "euler"',
    'format: choice of "png" PNG | "jpeg" JPEG | "webp" WebP',
    'language: choice of "en-US" | "de-DE"',
  ],
  'partial-order': ['a: text', 'c*: text', 'b: text'],
  'plain-image-model': [
    'prompt*: long text 1..2000',
    'image_size: size 1..14142 or square_hd 1024x1024 | square 512x512 | portrait_4_3 768x1024 | portrait_16_9 576x1024 | landscape_4_3 1024x768 | landscape_16_9 1024x576 = "landscape_4_3"',
    'num_images: integer 1..4 by 1 slider = 1',
    'seed?: seed',
    'sync_mode: switch = false',
  ],
  'ref-with-siblings': [
    'image_size: size 1..14142 = {"width":832,"height":480}',
    'settings: group {level: integer by 1} = {"level":2}',
  ],
  'required-with-default': [
    'prompt*: long text = ""',
    'steps*: integer by 1 = 28',
    'mode*: choice of "a" | "b" = "a"',
    'mask*?: text = null',
    'quiet: switch = false',
  ],
  seeds: [
    'seed?: seed -9223372036854775808..9223372036854775807',
    'texture_seed: seed 0..4294967295',
    'use_seed: switch',
    'seed_strength: number by 0.1',
  ],
  'single-all-of': [
    'mode: choice of "fast" Fast | "slow" Slow = "slow"',
    'video*: group {url*: file (video); start: number by 0.1}',
  ],
  'size-preset-first': [
    'video_size: size 1..14142 or square_hd 1024x1024 | square 512x512 | portrait_4_3 768x1024 | portrait_16_9 576x1024 | landscape_4_3 1024x768 | landscape_16_9 1024x576',
    'image_size?: size 1..14142 or auto | 1024x768 1024x768 = "auto"',
  ],
  'size-with-limits': [
    'image_size*: size 256..2048 by 16 or square_hd 1024x1024 | auto_2K | any name = {"width":832,"height":480}',
  ],
  'stray-limits': [
    'fps: integer 1..60 by 1 slider = 24',
    'lora_scale: number -4..4 by 0.1 slider = 1',
    'learning_rate: number 0.000001..1 by 0.0001 = 0.0005',
    'steps: integer 100..10000 by 100 slider = 1000',
  ],
  'string-default-on-enum': [
    'num_frames: choice of "129" = "129"',
    'num_inference_steps: choice of "1" | "2" | "4" | "8" = "4"',
    'duration: choice of "5" | "10" = "5"',
    'count: integer 1.. by 1 = 5',
    'broken: integer by 1',
    'factor: choice of 2 | 4 = 4',
  ],
  switches: ['loop: switch = true', 'safe?: switch', 'flag: switch = true', 'bad: switch'],
  'union-of-itself': ['self?: json (any JSON value)'],
  'deep-groups': [
    'prompt*: long text',
    'play: group {act: group {scene: group {shot: group {light: group {look: group {grade: group {film: group {grain*: number 0..1 by 0.01 slider; tint: text = "warm"}}}}}}}}',
  ],
  'deep-lists': [
    'rows*: list of (Row: group {cells: list of (Cell: group {marks*: list of (Mark: group {at: list of (Item: number by 0.1) 2..2; note: text}) = []}) 1..})',
  ],
  'reference-loops': [
    'prompt*: long text',
    'tree: group {name: text; left: json (object with 4 fields) It contains itself.; right?: json (object with 4 fields) It contains itself.; twigs: json (list of objects) It contains itself.}',
    'chain: group {length: integer by 1; next: group {tight: switch; next: json (object with 2 fields) It contains itself.}}',
    'hub: group {way_1: json (object with 13 fields) It contains itself., advanced; way_2: json (object with 13 fields) It contains itself., advanced; way_3: json (object with 13 fields) It contains itself., advanced; way_4: json (object with 13 fields) It contains itself., advanced; way_5: json (object with 13 fields) It contains itself., advanced; way_6: json (object with 13 fields) It contains itself., advanced; way_7: json (object with 13 fields) It contains itself., advanced; way_8: json (object with 13 fields) It contains itself., advanced; way_9: json (object with 13 fields) It contains itself., advanced; way_10: json (object with 13 fields) It contains itself., advanced; way_11: json (object with 13 fields) It contains itself., advanced; way_12: json (object with 13 fields) It contains itself., advanced; name: text, advanced}',
    'nest: json (list of lists) It contains itself.',
  ],
  tuples: [
    'background: tuple of (Red: integer 0..255 by 1 slider; Green: integer 0..255 by 1 slider; Blue: integer 0..255 by 1 slider) = [255,255,255]',
    'span?: tuple of (Value 1: number by 0.1; Value 2: number by 0.1?)',
    'old_style: tuple of (Value 1: text; Value 2: integer by 1)',
    'loose: json (list of 2 values)',
  ],
  maps: [
    'weights: map of (number 0..2 by 0.01 slider)',
    'speakers: map of (group {voice*: choice of "ida" | "bo"; speed: number by 0.1 = 1}) = {"narrator":{"voice":"ida"}}',
    'image_urls: map of (file (image))',
    'anything: json (object)',
    'counts?: map of (list of (Item: integer by 1))',
  ],
  trajectories: [
    'image_url*: file (image)',
    'trajectories*: list of (Trajectory: list of (Item: group {x*: integer 0.. by 1; y*: integer 0.. by 1})) 1..',
    'gone: json (list of lists)',
    'boxes?: list of (Box: list of (Item: integer by 1) 4..4?)',
  ],
  loras: [
    'prompt*: long text',
    'loras: list of (LoRA: group (lora) {path*: text; scale: number 0..4 by 0.1 slider = 1; weight_name?: text}) ..3 = []',
    'embeddings: list of (Embedding: group {path*: text; tokens: list of (Token: text) = ["<s0>","<s1>"]})',
    'ip_adapters: list of (IP adapter: group {path*: text; image_url*: file (image); scale*: number by 0.1})',
    'style?: group (lora) {path*: text; scale: number 0..4 by 0.1 slider = 1; weight_name?: text}',
  ],
  masks: [
    'image_url*: file (image)',
    'mask_url?: file (image) mask of image_url',
    'reference_image_url: file (image)',
    'reference_mask_url: file (image) mask of reference_image_url',
    'area: file (image) mask of image_url',
    'mask_video_url: file (video)',
    'mask_image_urls: list of (Mask image: file (image))',
    'controls: list of (Control: group {control_image_url: file (image); mask_image_url: file (image) mask of control_image_url}), advanced',
  ],
  'mask-of-a-list': [
    'image_urls*: list of (Image: file (image))',
    'mask_url: file (image) mask of image_urls',
  ],
  'mask-alone': ['video_url: file (video)', 'mask_url: file (image)'],
  'file-limits': [
    'image_url: file (image) words Max file size: 10.0MB, Min width: 300px, maxBytes 10485760, minWidth 300, minHeight 300, minAspectRatio 0.4, maxAspectRatio 2.5',
    'tail_image_url?: file (image) maxWidth 3850, maxHeight 3850',
    'video_url: file (video) maxBytes 104857600, minDuration 2, maxDuration 10.05, minFps 24, maxFps 60',
    'image_urls: list of (Image: file (image) maxBytes 5, maxPixels 178956970) ..4',
    'photos: list of (Photo: file (image) minWidth 240)',
    'audio_url: file (audio)',
  ],
  'const-opt-in': [
    'turbo?: choice of "fast" Fast',
    'mode: choice of "a" | "b"',
    'length?: json ("auto" or whole number)',
    'loop: choice of true Yes',
    'scale: choice of 4 = 4',
  ],
  'exact-integers': [
    'seed?: seed 0..18446744073709551615 = 9007199254740993',
    'count: integer 1..9223372036854776000 by 1 = 1',
    'noise_seed: seed 1..99',
    'pick: json (9007199254740993 or 1)',
  ],
  'files-in-groups': [
    'video: group {video_url*: file (video); start_frame: integer by 1 = 0}',
    'images*: list of (Image: group {url*: file (image); strength: number 0..1 by 0.01 slider = 1}) 1..',
    'audio_url: group {url*: file (audio); content_type?: text; file_name?: text; file_size?: integer by 1}',
    'source?: group {url*: file (any); content_type?: text; file_name?: text; file_size?: integer by 1}',
    'speakers: list of (Speaker: group {audio_url: file (audio); text: long text})',
    'reference: file (image)',
  ],
  'closed-groups': [
    'voice*: group {name*: text; speed: number by 0.1 = 1; no more}',
    'quiet: group {level*: integer by 1}',
  ],
  'defaults-within': [
    'size: group {width*: integer by 1 = 512; depth: integer by 1 = 8} = {"width":64}',
    'list: list of (Item: integer by 1) = [1,2]',
    'bad_list: list of (Item: integer by 1)',
    'group: group {a*: integer by 1; b: integer by 1} = {"a":1}',
    'named: map of (integer by 1) = {"x":1}',
    'settings*: group {level*: integer by 1 = 3; mode*: choice of "a" | "b" = "a"; note: text}',
  ],
  'item-names': [
    'movies: list of (Movie: text), advanced',
    'series: list of (Item: text), advanced',
    'boxes: list of (Box: group {x: integer by 1}), advanced',
    'entries: list of (Dictionary entry: text), advanced',
    'lora_urls: list of (LoRA URL: text), advanced',
    'data: list of (Item: integer by 1), advanced',
    'prompts: list of (Prompt: long text), advanced',
    'choices: list of (Choice: choice of "a" | "b" | "c") ..2 unique, advanced',
  ],
  'scalar-or-list': [
    'stop: list of (Item: text) or one',
    'image_url: list of (Item: file (image)) or one',
    'mixed: text or array',
    'either: json (list of text or list of whole numbers)',
  ],
  'html-page': 'The model’s document is not an object.',
};

function read(name: string) {
  const parsed = parseJson(readFileSync(new URL(`${name}.json`, folder), 'utf8'));
  if (!parsed.ok) throw new Error(`${name}: ${parsed.message}`);
  return readForm(parsed.value);
}

/** Where something is needed that no default fills, also within groups that have to be there. */
function missingIn(fields: readonly Field[], path: Path): readonly Path[] {
  return fields.flatMap((field) => {
    if (!field.required || field.default !== undefined) return [];
    const within = [...path, field.name];
    return field.kind === 'object' ? missingIn(field.fields, within) : [within];
  });
}

describe('schema fixtures', () => {
  it('has a row for every document', () => {
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''));
    expect(names.sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.entries(expected))('%s', (name, wanted) => {
    const result = read(name);
    const got = result.kind === 'form' ? result.form.fields.map(describeField) : result.reason;
    expect(got).toEqual(wanted);
    if (result.kind === 'unreadable') return;

    // Whatever the trap: what the form offers by itself passes its own check.
    const { form } = result;
    const complaints = checkInput(form, buildRequest(form, {}));
    expect(complaints.map(({ path }) => path)).toEqual(missingIn(form.fields, []));
  });
});
