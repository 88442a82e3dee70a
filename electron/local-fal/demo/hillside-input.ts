import type { ValidationDetail } from '../types.ts';
import { isObject } from '../http.ts';
import type { Style } from '../paint/paint.ts';
import { STYLES } from '../paint/paint.ts';
import { Reader } from './reader.ts';
import { MAX_SIDE, MIN_SIDE, PRESETS } from './hillside-openapi.ts';

export type HillsideInput = {
  readonly prompt: string;
  readonly negativePrompt: string;
  readonly style: Style;
  readonly width: number;
  readonly height: number;
  readonly count: number;
  readonly steps: number;
  readonly guidance: number;
  /** Null: to be drawn. */
  readonly seed: number | null;
  readonly checkSafety: boolean;
};

export type ReadInput =
  | { readonly ok: true; readonly input: HillsideInput }
  | { readonly ok: false; readonly details: readonly ValidationDetail[] };

export function readInput(body: unknown): ReadInput {
  const read = new Reader();
  if (body === undefined) {
    read.fault([], 'missing', 'Field required', null);
    return { ok: false, details: read.faults };
  }
  if (!isObject(body)) {
    read.fault([], 'model_attributes_type', 'Input should be a valid dictionary', body);
    return { ok: false, details: read.faults };
  }
  if (body['prompt'] === undefined) read.fault(['prompt'], 'missing', 'Field required', body);
  const value = (name: string, fallback: unknown) => (body[name] === undefined ? fallback : body[name]);
  const seed = value('seed', null);
  const input: HillsideInput = {
    prompt:
      body['prompt'] === undefined ? '' : read.text(body['prompt'], ['prompt'], { least: 1, most: 2000 }),
    negativePrompt: read.text(value('negative_prompt', ''), ['negative_prompt'], { least: 0, most: 2000 }),
    style: read.choice(value('style', 'natural'), ['style'], STYLES),
    ...readSize(value('image_size', 'landscape_4_3'), read),
    count: read.number(value('num_images', 1), ['num_images'], { least: 1, most: 4, whole: true }),
    steps: read.number(value('num_inference_steps', 24), ['num_inference_steps'], {
      least: 1,
      most: 50,
      whole: true,
    }),
    guidance: read.number(value('guidance_scale', 3.5), ['guidance_scale'], {
      least: 0,
      most: 20,
      whole: false,
    }),
    seed: seed === null ? null : read.number(seed, ['seed'], { least: 0, most: 4294967295, whole: true }),
    checkSafety: read.flag(value('enable_safety_checker', true), ['enable_safety_checker']),
  };
  read.choice(value('output_format', 'png'), ['output_format'], ['png']);
  return read.faults.length > 0 ? { ok: false, details: read.faults } : { ok: true, input };
}

function readSize(value: unknown, read: Reader): { width: number; height: number } {
  if (isObject(value)) {
    const side = (name: 'width' | 'height') =>
      read.number(value[name] === undefined ? 512 : value[name], ['image_size', name], {
        least: MIN_SIDE,
        most: MAX_SIDE,
        whole: true,
      });
    return { width: side('width'), height: side('height') };
  }
  const preset = Object.entries(PRESETS).find(([name]) => name === value)?.[1];
  if (preset) return preset;
  const names = Object.keys(PRESETS);
  const msg = `Input should be an object with width and height, or one of ${names.map((n) => `'${n}'`).join(', ')}`;
  read.fault(['image_size'], 'one_of', msg, value, { expected: names });
  return PRESETS.landscape_4_3;
}
