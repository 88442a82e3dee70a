import { exactNumberAt, flagAt, numberAt } from './node.ts';
import type { SchemaNode } from './node.ts';

export interface Limits {
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly exclusiveMax?: number;
  readonly multipleOf?: number;
}

/**
 * The limits of a number. Beside the standard words fal's documents hold Pydantic's own (`ge`, `le`, `gt`, `lt`), bare
 * `min`/`max`, and the boolean `exclusiveMinimum` of OpenAPI 3.0. For integers exclusive limits become inclusive ones.
 */
export function limitsOf(node: SchemaNode, integer: boolean): Limits {
  let min = firstNumber(node, 'minimum', 'ge', 'min');
  let max = firstNumber(node, 'maximum', 'le', 'max');
  let over = firstNumber(node, 'exclusiveMinimum', 'gt');
  let under = firstNumber(node, 'exclusiveMaximum', 'lt');
  if (flagAt(node, 'exclusiveMinimum')) [over, min] = [min, undefined];
  if (flagAt(node, 'exclusiveMaximum')) [under, max] = [max, undefined];
  if (integer) {
    min = tightest(Math.max, min && Math.ceil(min), over === undefined ? undefined : Math.floor(over) + 1);
    max = tightest(Math.min, max && Math.floor(max), under === undefined ? undefined : Math.ceil(under) - 1);
    [over, under] = [undefined, undefined];
  }
  // Limits that no number meets are a mistake in the document; the server has the last word.
  if ((min ?? over ?? -Infinity) > (max ?? under ?? Infinity)) min = max = over = under = undefined;
  const multipleOf = numberAt(node, 'multipleOf');
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(over !== undefined && { exclusiveMin: over }),
    ...(under !== undefined && { exclusiveMax: under }),
    ...(multipleOf !== undefined && multipleOf > 0 && { multipleOf }),
  };
}

/** Limits of a seed, inclusive. They may lie beyond 2^53: exact where the document was parsed exactly. */
export function seedLimitsOf(node: SchemaNode): {
  readonly min?: number | bigint;
  readonly max?: number | bigint;
} {
  const over = exactAt(node, 'exclusiveMinimum', 'gt');
  const under = exactAt(node, 'exclusiveMaximum', 'lt');
  const min =
    over === undefined ? exactAt(node, 'minimum', 'ge', 'min') : BigInt(Math.floor(Number(over))) + 1n;
  const max =
    under === undefined ? exactAt(node, 'maximum', 'le', 'max') : BigInt(Math.ceil(Number(under))) - 1n;
  return { ...(min !== undefined && { min: lean(min) }), ...(max !== undefined && { max: lean(max) }) };
}

function exactAt(node: SchemaNode, ...keys: readonly string[]): number | bigint | undefined {
  return keys.map((key) => exactNumberAt(node, key)).find((value) => value !== undefined);
}

/** A plain number where it holds the value exactly. */
function lean(value: number | bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** The arrows' step: what the schema names, else a power of ten that suits the span and the default's digits. */
export function stepOf(node: SchemaNode, limits: Limits, integer: boolean): number {
  const named = limits.multipleOf ?? numberAt(node, 'step');
  if (named !== undefined && named > 0) return integer ? Math.max(1, Math.round(named)) : named;
  if (integer) return 1;
  const span = spanOf(limits);
  const coarse = span === undefined ? 0.1 : span > 100 ? 1 : span > 2 ? 0.1 : span > 0.02 ? 0.01 : span / 100;
  const digits = [numberAt(node, 'default'), limits.min, limits.exclusiveMin].map(decimalsOf);
  return tidy(Math.min(coarse, 10 ** -Math.max(...digits)));
}

// More stops than this and a slider cannot be aimed: width and height go to 14142.
const MOST_STOPS = 1000;

const MOST_DECIMALS = 9;

export function suitsSlider(limits: Limits, step: number): boolean {
  const span = spanOf(limits);
  return span !== undefined && span > 0 && span / step <= MOST_STOPS + 1e-6;
}

function spanOf({ min, max, exclusiveMin, exclusiveMax }: Limits): number | undefined {
  const [low, high] = [min ?? exclusiveMin, max ?? exclusiveMax];
  return low === undefined || high === undefined ? undefined : high - low;
}

/** Digits after the point in the shortest spelling; none for a value such as 1/3 that no step would reach. */
function decimalsOf(value: number | undefined): number {
  if (value === undefined) return 0;
  for (let digits = 0; digits <= MOST_DECIMALS; digits++)
    if (Number(value.toFixed(digits)) === value) return digits;
  return 0;
}

function tidy(value: number): number {
  return Number(value.toPrecision(6));
}

function firstNumber(node: SchemaNode, ...keys: readonly string[]): number | undefined {
  for (const key of keys) {
    const value = numberAt(node, key);
    if (value !== undefined) return value;
  }
  return undefined;
}

function tightest(
  pick: (a: number, b: number) => number,
  a: number | undefined,
  b: number | undefined,
): number | undefined {
  return a === undefined ? b : b === undefined ? a : pick(a, b);
}
