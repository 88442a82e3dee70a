import { MOST_IN_A_BATCH } from '../../shared/batch/most.ts';
import type { Sweepable } from '../../shared/batch/sweep-fields.ts';
import { sameJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { readNumber } from '../fields/number-text.ts';
import type { AnyNumber } from '../fields/number-text.ts';

type Option = string | number | boolean;

/** The values of one axis as a person writes or picks them. */
export type AxisEntry =
  | { readonly kind: 'range'; readonly from: string; readonly to: string; readonly step: string }
  /** Numbers between commas or blanks. */
  | { readonly kind: 'list'; readonly text: string }
  /** Texts, one a line. */
  | { readonly kind: 'lines'; readonly text: string }
  | { readonly kind: 'picked'; readonly values: readonly Option[] };

export type AxisValues =
  | { readonly ok: true; readonly values: readonly JsonValue[] }
  /** A sentence without a full stop. */
  | { readonly ok: false; readonly problem: string };

/** More options than these are not all taken at first. */
const ALL_TAKEN_UP_TO = 5;

/** What can be picked for a field; empty where values are written. */
export function optionsOf(field: Sweepable): readonly { readonly value: Option; readonly label: string }[] {
  switch (field.kind) {
    case 'choice':
      return field.options;
    case 'size':
      return field.presets;
    case 'switch':
      return [
        { value: false, label: 'Off' },
        { value: true, label: 'On' },
      ];
    default:
      return [];
  }
}

/** What an axis begins with: the value the form shows, to add to; all of a few options. */
export function firstEntry(field: Sweepable, shown: JsonValue | undefined): AxisEntry {
  if (field.kind === 'number' || field.kind === 'seed')
    return {
      kind: 'list',
      text: typeof shown === 'number' || typeof shown === 'bigint' ? String(shown) : '',
    };
  if (field.kind === 'text') {
    const line = typeof shown === 'string' ? shown.replace(/\s+/g, ' ').trim() : '';
    return { kind: 'lines', text: line === '' ? '' : `${line}\n` };
  }
  const values = optionsOf(field).map(({ value }) => value);
  const few = values.length <= ALL_TAKEN_UP_TO;
  return { kind: 'picked', values: few ? values : values.filter((value) => value === shown) };
}

/** The values, each once, in the order they were given. */
export function readEntry(field: Sweepable, entry: AxisEntry): AxisValues {
  const integer = field.kind === 'seed' || (field.kind === 'number' && field.integer);
  switch (entry.kind) {
    case 'range':
      return rangeOf(entry, integer);
    case 'list':
      return listOf(entry.text, integer);
    case 'lines':
      return some(entry.text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])));
    case 'picked':
      return some(optionsOf(field).flatMap(({ value }) => (entry.values.includes(value) ? [value] : [])));
  }
}

function listOf(text: string, integer: boolean): AxisValues {
  const words = text.split(/[\s,;]+/).filter((word) => word !== '');
  const numbers = words.map((word) => readNumber(word, integer));
  const unread = words[numbers.indexOf(undefined)];
  if (unread !== undefined) return no(`“${unread}” is not a number`);
  return some(numbers.filter((number) => number !== undefined));
}

function rangeOf(entry: Extract<AxisEntry, { kind: 'range' }>, integer: boolean): AxisValues {
  const [from, to, step] = [entry.from, entry.to, entry.step].map((text) => readNumber(text, integer));
  if (from === undefined || to === undefined || step === undefined)
    return no(`From, to and step are ${integer ? 'whole numbers' : 'numbers'}`);
  if (Number(step) <= 0) return no('The step is more than 0');
  const wide = Math.abs(Number(to) - Number(from)) / Number(step);
  // Not 0.9999: what was meant to be reached is.
  const count = Math.floor(wide + 1e-9) + 1;
  if (count > MOST_IN_A_BATCH) return no(`These are ${count.toLocaleString('en-US')} values`);
  return some(
    Array.from({ length: count }, (_, i) => (from <= to ? along(from, i, step) : along(from, -i, step))),
  );
}

/** Exact for whole numbers of any length; adding 0.1 three times says 0.3. */
function along(from: AnyNumber, times: number, step: AnyNumber): AnyNumber {
  if ([from, step].every((part) => typeof part === 'bigint' || Number.isInteger(part))) {
    const sum = BigInt(from) + BigInt(times) * BigInt(step);
    return Number.isSafeInteger(Number(sum)) ? Number(sum) : sum;
  }
  const digits = Math.max(decimals(from), decimals(step));
  return Number((Number(from) + times * Number(step)).toFixed(digits));
}

function decimals(value: AnyNumber): number {
  const [mantissa = '', exponent = '0'] = String(value).split('e');
  return Math.min(Math.max((mantissa.split('.')[1] ?? '').length - Number(exponent), 0), 20);
}

const no = (problem: string): AxisValues => ({ ok: false, problem });

function some(values: readonly JsonValue[]): AxisValues {
  const distinct = values.filter((value, i) => values.findIndex((other) => sameJson(other, value)) === i);
  return distinct.length === 0 ? no('No values yet') : { ok: true, values: distinct };
}
