import type { ModelForm } from './field.ts';
import { labelFromName } from './labels.ts';

/** One entry of a 422's `detail` (fal-protocol §10.1). */
export interface ErrorDetail {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
}

export interface PlacedErrors {
  /** Messages by field name, each once. */
  readonly byField: ReadonlyMap<string, readonly string[]>;
  /** What belongs to no field of the form. */
  readonly rest: readonly string[];
}

/**
 * Puts a server's complaints on their fields. `loc` starts with "body", then names and indexes; what lies below the top
 * field is said in words ("Item 2, path: field required"). `msg` is shown as it is, never parsed (fal-protocol §10.1).
 */
export function placeErrors(form: ModelForm, details: readonly ErrorDetail[]): PlacedErrors {
  const names = new Set(form.fields.map((field) => field.name));
  const byField = new Map<string, readonly string[]>();
  const rest: string[] = [];
  for (const { loc, msg } of details) {
    const path = loc[0] === 'body' ? loc.slice(1) : loc;
    const [top, ...within] = path;
    if (typeof top === 'string' && names.has(top)) {
      const message = inWords(within, msg);
      const before = byField.get(top) ?? [];
      if (!before.includes(message)) byField.set(top, [...before, message]);
    } else {
      const message = inWords(path, msg);
      if (!rest.includes(message)) rest.push(message);
    }
  }
  return { byField, rest };
}

function inWords(path: readonly (string | number)[], msg: string): string {
  const words = path.filter((step) => typeof step === 'number' || !isUnionTag(step)).map(stepInWords);
  return words.length === 0 ? msg : `${upperFirst(words.join(', '))}: ${msg}`;
}

function stepInWords(step: string | number, index: number): string {
  if (typeof step === 'number') return `item ${step + 1}`;
  const label = labelFromName(step);
  return index === 0 ? label : label === step.toUpperCase() ? label : lowerFirst(label);
}

const TYPE_TAGS = new Set('str int float bool none list dict constrained-str constrained-int'.split(' '));

/** Pydantic names the branch of a union it tried: `str`, `ImageSize`, `literal['auto']`, `function-after[...]`. */
function isUnionTag(step: string): boolean {
  return TYPE_TAGS.has(step) || /[[(]/.test(step) || /^[A-Z][a-z0-9]+([A-Z][A-Za-z0-9]*)+$/.test(step);
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
