import { LONGEST_INTEGER } from '../../shared/json.ts';

/** Whole numbers beyond 2^53 are bigint, so that a seed never loses its last digits. */
export type AnyNumber = number | bigint;

/** The number that a text is; undefined for an empty or unreadable one, and for one beyond what can be sent. */
export function readNumber(text: string, integer: boolean): AnyNumber | undefined {
  const trimmed = text.trim();
  if (/^-?\d+$/.test(trimmed)) {
    const small = Number(trimmed);
    if (Number.isSafeInteger(small)) return small;
    // Beyond that length it is read as what it comes to: nothing takes it, and reading it exactly would take seconds.
    return integer && trimmed.length <= LONGEST_INTEGER ? BigInt(trimmed) : finite(small);
  }
  return /^-?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? finite(Number(trimmed)) : undefined;
}

interface StepRules {
  readonly integer: boolean;
  readonly step: number;
  readonly min?: AnyNumber | undefined;
  readonly max?: AnyNumber | undefined;
}

/** One step up or down, inside the limits; exact for whole numbers of any length. */
export function stepNumber(value: AnyNumber, by: number, { integer, step, min, max }: StepRules): AnyNumber {
  if (integer && Number.isInteger(by) && (typeof value === 'bigint' || Number.isInteger(value))) {
    const next = BigInt(value) + BigInt(by);
    return clamp(Number.isSafeInteger(Number(next)) ? Number(next) : next, min, max);
  }
  // Adding 0.1 three times must say 0.3.
  const digits = Math.max(6, (String(step).split('.')[1] ?? '').length);
  return clamp(Number((Number(value) + by).toFixed(Math.min(digits, 20))), min, max);
}

function clamp(value: AnyNumber, min: AnyNumber | undefined, max: AnyNumber | undefined): AnyNumber {
  if (min !== undefined && value < min) return min;
  return max !== undefined && value > max ? max : value;
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);
