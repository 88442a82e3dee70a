import type { ValidationDetail } from '../types.ts';
import { isObject } from '../http.ts';
import type { Style } from '../paint/paint.ts';
import { STYLES } from '../paint/paint.ts';
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

type Loc = readonly (string | number)[];

/** Reads an input the way a runner does, and notes every fault in pydantic's words (fal-protocol §10.1). */
class Reader {
  readonly faults: ValidationDetail[] = [];

  fault(loc: Loc, type: string, msg: string, input: unknown, ctx?: Record<string, unknown>): void {
    this.faults.push({ loc: ['body', ...loc], msg, type, input, ...(ctx ? { ctx } : {}) });
  }

  text(value: unknown, loc: Loc, limits: { least: number; most: number }): string {
    if (typeof value !== 'string') {
      this.fault(loc, 'string_type', 'Input should be a valid string', value);
      return '';
    }
    if (value.length < limits.least) {
      const noun = limits.least === 1 ? 'character' : 'characters';
      this.fault(loc, 'sequence_too_short', `String should have at least ${limits.least} ${noun}`, value, {
        min_length: limits.least,
      });
    }
    if (value.length > limits.most) {
      this.fault(loc, 'sequence_too_long', `String should have at most ${limits.most} characters`, value, {
        max_length: limits.most,
      });
    }
    return value;
  }

  number(value: unknown, loc: Loc, limits: { least: number; most: number; whole: boolean }): number {
    const { least, most, whole } = limits;
    if (typeof value !== 'number') {
      if (whole) this.fault(loc, 'int_type', 'Input should be a valid integer', value);
      else this.fault(loc, 'float_type', 'Input should be a valid number', value);
      return least;
    }
    if (whole && !Number.isInteger(value)) {
      const msg = 'Input should be a valid integer, got a number with a fractional part';
      this.fault(loc, 'int_from_float', msg, value);
    } else if (value < least) {
      const msg = `Input should be greater than or equal to ${least}`;
      this.fault(loc, 'greater_than_equal', msg, value, { ge: least });
    } else if (value > most) {
      this.fault(loc, 'less_than_equal', `Input should be less than or equal to ${most}`, value, {
        le: most,
      });
    }
    return value;
  }

  choice<T extends string>(value: unknown, loc: Loc, choices: readonly [T, ...T[]]): T {
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    const expected = choices.map((choice) => `'${choice}'`).join(', ');
    this.fault(loc, 'one_of', `Input should be one of ${expected}`, value, { expected: choices });
    return choices[0];
  }

  flag(value: unknown, loc: Loc): boolean {
    if (typeof value === 'boolean') return value;
    this.fault(loc, 'bool_type', 'Input should be a valid boolean', value);
    return true;
  }
}

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
