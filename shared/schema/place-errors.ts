import type { Field, ModelForm } from './field.ts';
import { innerField } from './draft.ts';
import { labelFromName } from './labels.ts';
import { pointerOf } from './path.ts';
import type { Path } from './path.ts';

/** One entry of a 422's `detail` (fal-protocol §10.1). */
export interface ErrorDetail {
  readonly loc: Path;
  readonly msg: string;
}

export interface PlacedErrors {
  /** Messages by the JSON pointer of the deepest field that stands for the place (`/loras/0/path`), each once. */
  readonly byField: ReadonlyMap<string, readonly string[]>;
  /** What belongs to no field of the form. */
  readonly rest: readonly string[];
}

/**
 * Puts a server's complaints on their fields. `loc` starts with "body", then names and indexes; what lies below the deepest
 * field is said in words ("Item 2, path: field required"). `msg` is shown as it is, never parsed (fal-protocol §10.1).
 */
export function placeErrors(form: ModelForm, details: readonly ErrorDetail[]): PlacedErrors {
  const byField = new Map<string, readonly string[]>();
  const rest: string[] = [];
  for (const { loc, msg } of details) {
    const path = loc[0] === 'body' ? loc.slice(1) : loc;
    const { at, below } = deepest(form, path);
    const message = inWords(below, msg);
    if (at.length === 0) {
      if (!rest.includes(message)) rest.push(message);
    } else {
      const pointer = pointerOf(at);
      const before = byField.get(pointer) ?? [];
      if (!before.includes(message)) byField.set(pointer, [...before, message]);
    }
  }
  return { byField, rest };
}

/** As far down as there are fields, stepping over the names of union branches, and what remains. */
function deepest(form: ModelForm, path: Path): { readonly at: Path; readonly below: Path } {
  const [top, ...rest] = path;
  let field = form.fields.find(({ name }) => name === top);
  if (top === undefined || field === undefined) return { at: [], below: path };
  const at = [top];
  for (const [i, step] of rest.entries()) {
    const inner: Field | undefined = stepDown(field, step);
    if (inner !== undefined) {
      field = inner;
      at.push(step);
    } else if (typeof step === 'number' || !isUnionTag(step)) return { at, below: rest.slice(i) };
  }
  return { at, below: [] };
}

function stepDown(field: Field, step: string | number): Field | undefined {
  // Any text may be a key of a map, but these more likely name the branch that was tried.
  return field.kind === 'map' && typeof step === 'string' && isUnionTag(step)
    ? undefined
    : innerField(field, step);
}

/** The messages of a field and of all that lies within it, the latter with their place in words: "Item 2, path: …". */
export function messagesWithin(byField: PlacedErrors['byField'], path: Path): readonly string[] {
  const pointer = pointerOf(path);
  return [...byField].flatMap(([place, messages]) => {
    if (place === pointer) return messages;
    if (!place.startsWith(`${pointer}/`)) return [];
    const below = stepsOf(place.slice(pointer.length));
    return messages.map((message) => inWords(below, message));
  });
}

function stepsOf(pointer: string): Path {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step.replaceAll('~1', '/').replaceAll('~0', '~')));
}

function inWords(path: Path, msg: string): string {
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
