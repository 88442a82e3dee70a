import { isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';
import type { Field, ModelForm, SizeField } from './field.ts';
import { fitValue } from './fit.ts';
import { presetOf } from './size.ts';

/** How large a result is to be, as far as a draft says. */
interface Wish {
  /** The name of a size or a ratio, as the model it comes from spells it. */
  readonly name?: string;
  /** Pixels. */
  readonly sides?: readonly [width: number, height: number];
  /** Width by height. */
  readonly ratio?: number;
}

/** Two ratios this near are one: 1360 by 768 is called 16:9. */
const NEAR = 0.01;

/** What the draft of one model says of its result's size, in the words of another; empty where those cannot say it. */
export function carriedSize(from: ModelForm, input: JsonObject, to: ModelForm): JsonObject {
  const wish = wishOf(from, input);
  if (wish === undefined) return {};
  const size = to.fields.find((field) => field.kind === 'size');
  if (size !== undefined) return named(size, sizeFor(size, wish));
  const ratio = to.fields.find(isRatio);
  if (ratio !== undefined) return named(ratio, ratioFor(ratio, wish));
  return sidesFor(to, wish);
}

function wishOf(from: ModelForm, input: JsonObject): Wish | undefined {
  for (const field of from.fields) {
    const value = Object.hasOwn(input, field.name) ? input[field.name] : undefined;
    if (field.kind === 'size' && isJsonObject(value)) return ofSides(value['width'], value['height']);
    if (typeof value === 'string' && (field.kind === 'size' || isRatio(field))) return ofName(value);
  }
  return ofSides(input['width'], input['height']);
}

function ofSides(width: JsonValue | undefined, height: JsonValue | undefined): Wish | undefined {
  if (typeof width !== 'number' || typeof height !== 'number' || height <= 0) return undefined;
  return { sides: [width, height], ratio: width / height };
}

function ofName(name: string): Wish {
  const { width, height } = presetOf(name);
  if (width !== undefined && height !== undefined) {
    return { name, sides: [width, height], ratio: width / height };
  }
  const ratio = ratioIn(name);
  return { name, ...(ratio !== undefined && { ratio }) };
}

/** "16:9", "portrait_4_3" and their kin. */
function ratioIn(name: string): number | undefined {
  const parts = /(?:^|[_ ])(\d+(?:\.\d+)?)[:_x/](\d+(?:\.\d+)?)$/.exec(name);
  const [width, height] = [Number(parts?.[1]), Number(parts?.[2])];
  if (!(width > 0 && height > 0)) return undefined;
  // `portrait_4_3` names its longer side first.
  return /^portrait/i.test(name) && width > height ? height / width : width / height;
}

function isRatio(field: Field): boolean {
  return field.kind === 'choice' && field.name === 'aspect_ratio';
}

function sizeFor(field: SizeField, { name, sides, ratio }: Wish): JsonValue | undefined {
  if (name !== undefined && field.presets.some(({ value }) => value === name)) return name;
  const [width, height] = sides ?? [];
  const same = field.presets.find((preset) => preset.width === width && preset.height === height);
  if (same !== undefined && width !== undefined) return same.value;
  const custom = width === undefined || height === undefined ? undefined : fitValue(field, { width, height });
  if (custom !== undefined) return custom;
  return nearest(
    field.presets.map(({ value }) => value),
    ratio,
  );
}

function ratioFor(field: Field, { name, ratio }: Wish): JsonValue | undefined {
  if (field.kind !== 'choice') return undefined;
  const names = field.options.map(({ value }) => value).filter((value) => typeof value === 'string');
  if (name !== undefined && names.includes(name)) return name;
  return nearest(names, ratio);
}

function nearest(names: readonly string[], ratio: number | undefined): string | undefined {
  if (ratio === undefined) return undefined;
  return names.find((name) => {
    const other = ofName(name).ratio;
    return other !== undefined && Math.abs(other / ratio - 1) <= NEAR;
  });
}

/** For a model with a number for each side: both of them, or neither. */
function sidesFor(to: ModelForm, { sides }: Wish): JsonObject {
  if (sides === undefined) return {};
  const fields = ['width', 'height'].map((name) => to.fields.find((field) => field.name === name));
  const values = fields.map((field, i) => field && fitValue(field, sides[i]));
  const [width, height] = values;
  return width === undefined || height === undefined ? {} : { width, height };
}

function named(field: Field, value: JsonValue | undefined): JsonObject {
  return value === undefined ? {} : { [field.name]: value };
}
