import type { JsonObject, JsonValue } from '../json.ts';
import { isJsonObject } from '../json.ts';
import type { FileMedium } from '../media/input.ts';
import { assertNever } from '../result.ts';
import type { Field, SizeField } from '../schema/field.ts';
import { isJsonArray, own } from '../schema/node.ts';
import { valueOf } from '../schema/request.ts';
import type { CostBasis } from './basis.ts';
import type { Unit } from './unit.ts';

/** How many results are asked for. */
const COUNTS = ['num_images', 'num_samples', 'num_songs', 'num_results', 'batch_size'];
/** How many more may come of each of them: how many do is not known before. */
const AT_MOST = ['max_images'];
/** Choices that change what a unit costs, or how many are charged, by tables that only the model's page has. */
const TIERS = [
  'resolution',
  'target_resolution',
  'quality',
  'rendering_speed',
  'tier',
  'mode',
  'model',
  'generate_audio',
  'generate_audio_switch',
  'turbo_mode',
  'pro_mode',
];
const LENGTHS = ['duration', 'duration_seconds', 'seconds_total', 'total_seconds', 'music_duration'];
const TEXTS = ['text', 'gen_text', 'script', 'prompt'];
const DIALOGUES = ['inputs', 'dialogue', 'scene'];
const STEPS = ['steps', 'number_of_steps', 'training_steps'];
const FRAMES = ['num_frames', 'number_of_frames'];

/** fal's megapixel: its pages count a picture of 1024 × 1024 as one. */
const MEGAPIXEL = 2 ** 20;

/**
 * How many units of a price a request will be charged for, as far as its own values and the model's defaults tell; null
 * where they do not. Nothing is guessed: what depends on a file, on a tier or on what comes out is null.
 */
export function countUnits(unit: Unit, basis: CostBasis, input: JsonObject): number | null {
  const counted = countOf(unit, new Asked(basis, input));
  return counted === null || !Number.isFinite(counted) || counted < 0 ? null : counted / unit.size;
}

function countOf({ kind }: Unit, asked: Asked): number | null {
  switch (kind) {
    case 'request':
      return 1;
    case 'step':
      return asked.number(STEPS);
    case 'character':
      return asked.gives('audio') ? spoken(asked) : null;
    case 'second':
      return asked.tiered([]) || asked.hasFile('video', 'audio')
        ? null
        : times(asked.number(LENGTHS), asked.results(1));
    case 'image':
      return asked.tiered([]) ? null : asked.results(asked.gives('image') ? 1 : null);
    case 'video':
    case 'audio':
      return asked.tiered(LENGTHS) || asked.changed(FRAMES)
        ? null
        : asked.results(asked.gives(kind) ? 1 : null);
    case 'generation':
      // Some models charge half as much again for a second result.
      return asked.tiered(LENGTHS) || asked.results(1) !== 1 ? null : 1;
    case 'megapixel':
      // Some charge the pictures they are given as well.
      return asked.tiered([]) || asked.hasFile('image', 'video')
        ? null
        : times(megapixels(asked), asked.results(asked.gives('image') ? 1 : null));
    default:
      return assertNever(kind);
  }
}

/** Megapixels of one picture: each is rounded up to a whole one, as fal's pages say. */
function megapixels(asked: Asked): number | null {
  const pixels = asked.pixels();
  return pixels === null ? null : Math.ceil(pixels / MEGAPIXEL);
}

/** Characters that will be spoken, as a person counts them. */
function spoken(asked: Asked): number | null {
  const text = asked.value(TEXTS);
  if (typeof text === 'string') return [...text].length;
  const lines = asked.value(DIALOGUES);
  if (!isJsonArray(lines)) return null;
  const lengths = lines.map((line) => (isJsonObject(line) ? own(line, 'text') : undefined));
  return lengths.every((line) => typeof line === 'string')
    ? lengths.reduce((sum, line) => sum + [...line].length, 0)
    : null;
}

const times = (a: number | null, b: number | null): number | null =>
  a === null || b === null ? null : a * b;

/** A request as the server will read it: its values, and the defaults of what it leaves out. */
class Asked {
  readonly #basis: CostBasis;
  readonly #input: JsonObject;

  constructor(basis: CostBasis, input: JsonObject) {
    this.#basis = basis;
    this.#input = input;
  }

  gives(name: string): boolean {
    return this.#basis.gives.has(name) || this.#basis.gives.has(`${name}_url`);
  }

  /** What stands in the first of these that the model has. */
  value(names: readonly string[]): JsonValue | undefined {
    const field = this.#field(names);
    return field && valueOf(field, this.#input);
  }

  /** The same as a number: `5`, `"5"`, `"8s"`. */
  number(names: readonly string[]): number | null {
    return toNumber(this.value(names));
  }

  /** How many results are asked for; `alone` where the model is asked for no number of them. */
  results(alone: number | null): number | null {
    if (this.#field(AT_MOST) !== undefined && this.number(AT_MOST) !== 1) return null;
    const asked = COUNTS.filter((name) => this.#field([name]) !== undefined);
    if (asked.length === 0) return alone;
    return asked.map((name) => this.number([name])).reduce(times);
  }

  /** Whether a choice, or one of `more`, may change the price. One that has nothing to choose does not. */
  tiered(more: readonly string[]): boolean {
    return this.#basis.form.fields.some(
      (field) =>
        [...TIERS, ...more].includes(field.name) && !(field.kind === 'choice' && field.options.length < 2),
    );
  }

  /** Whether one of these is asked for otherwise than by default. */
  changed(names: readonly string[]): boolean {
    const field = this.#field(names);
    return field !== undefined && valueOf(field, this.#input) !== field.default;
  }

  /** Whether the request hands over a file that is, or may be, of one of these media. */
  hasFile(...media: readonly FileMedium[]): boolean {
    return this.#basis.form.fields.some((field) => {
      const file = field.kind === 'list' ? field.item : field;
      const value = valueOf(field, this.#input);
      const there = value !== undefined && value !== null && !(isJsonArray(value) && value.length === 0);
      return file.kind === 'file' && [...media, 'any'].includes(file.medium) && there;
    });
  }

  /** Pixels of one picture, by the size it is asked for in. */
  pixels(): number | null {
    const { fields } = this.#basis.form;
    const size = fields.find((field): field is SizeField => field.kind === 'size');
    if (size !== undefined) return sizePixels(size, valueOf(size, this.#input));
    return times(this.number(['width']), this.number(['height']));
  }

  #field(names: readonly string[]): Field | undefined {
    for (const name of names) {
      const field = this.#basis.form.fields.find((one) => one.name === name);
      if (field !== undefined) return field;
    }
    return undefined;
  }
}

function sizePixels(field: SizeField, value: JsonValue | undefined): number | null {
  if (isJsonObject(value)) return times(toNumber(own(value, 'width')), toNumber(own(value, 'height')));
  const preset = field.presets.find((one) => one.value === value);
  return preset?.width === undefined || preset.height === undefined ? null : preset.width * preset.height;
}

function toNumber(value: JsonValue | undefined): number | null {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  const written = typeof value === 'string' ? /^(\d+(?:\.\d+)?)\s*s?$/.exec(value) : null;
  return written === null ? null : Number(written[1]);
}
