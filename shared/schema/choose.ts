import { acceptedKinds, expectsOf, kindOf, listedValues } from './expects.ts';
import type { ChoiceOption } from './field.ts';
import { fileLimitsOf } from './file-limits.ts';
import { fileMedium } from './file.ts';
import { optionLabels, wordsOf } from './labels.ts';
import { limitsOf, seedLimitsOf, stepOf, suitsSlider } from './limits.ts';
import { nestedShape } from './nested.ts';
import type { Owner } from './nested.ts';
import { countAt, isJsonArray, own } from './node.ts';
import type { SchemaNode } from './node.ts';
import type { FieldShape, Reader } from './reader.ts';
import type { Resolve } from './resolve.ts';
import { isSizeObject, presetOf, sideLimitsOf } from './size.ts';
import { isMultiline } from './text.ts';

/** Chooses the field for one property from what its values may be (null left out, see `unwrap`). */
export function chooseField(owner: Owner, branches: readonly SchemaNode[], reader: Reader): FieldShape {
  const { resolve } = reader;
  const known =
    sizeShape(branches, resolve) ??
    choiceShape(branches) ??
    plainShape(owner.name, branches) ??
    nestedShape(owner, branches, reader) ??
    scalarShape(owner.name, branches);
  if (typeof known === 'object') return known;
  return {
    kind: 'json',
    expects: expectsOf(branches, resolve),
    accepts: acceptedKinds(branches),
    ...(known !== undefined && { reason: known }),
    ...itemCounts(branches),
  };
}

/** `anyOf [{ width, height }, preset]` in any order (fal-protocol §12.4, `image_size`). */
function sizeShape(branches: readonly SchemaNode[], resolve: Resolve): FieldShape | undefined {
  const object = branches.find(isSizeObject);
  if (object === undefined) return undefined;
  const names = branches.filter((branch) => branch !== object);
  const presets = names.flatMap((branch) => optionsOf(branch) ?? []);
  if (!names.every((branch) => isText(branch) || optionsOf(branch) !== undefined)) return undefined;
  const values = presets.filter((value) => typeof value === 'string');
  if (values.length !== presets.length) return undefined;
  return {
    kind: 'size',
    presets: [...new Set(values)].map(presetOf),
    open: names.some(isText),
    ...sideLimitsOf(object, resolve),
  };
}

/** Enums and constants, several of them together, and an enum beside free text. */
function choiceShape(branches: readonly SchemaNode[]): FieldShape | undefined {
  const listed = branches.filter((branch) => optionsOf(branch) !== undefined);
  const others = branches.filter((branch) => !listed.includes(branch));
  if (listed.length === 0 || !others.every(isText)) return undefined;
  const values = [...new Set(listed.flatMap((branch) => optionsOf(branch) ?? []))];
  const labels = optionLabels(values);
  const options = values.map((value, i): ChoiceOption => ({ value, label: labels[i] ?? String(value) }));
  return { kind: 'choice', options, open: others.length > 0 };
}

function plainShape(name: string, branches: readonly SchemaNode[]): FieldShape | undefined {
  // Values that no choice can show, such as integers beyond 2^53, are no free number either.
  if (branches.some((branch) => listedValues(branch).length > 0)) return undefined;
  const kinds = new Set(branches.map(kindOf));
  // `anyOf [number, integer]` says no more than `number`.
  if (kinds.size === 2 && kinds.has('number') && kinds.has('integer')) kinds.delete('integer');
  const [kind] = kinds;
  const node = branches.find((branch) => kindOf(branch) === kind);
  if (kinds.size !== 1 || node === undefined) return undefined;
  switch (kind) {
    case 'boolean':
      return { kind: 'switch' };
    case 'integer':
      return isSeed(name) ? { kind: 'seed', ...seedLimitsOf(node) } : numberShape(node, true);
    case 'number':
      return numberShape(node, false);
    case 'string': {
      const medium = fileMedium(name, branches);
      if (medium !== undefined) {
        return { kind: 'file', medium, limits: fileLimitsOf(branches), ...lengths(node) };
      }
      return { kind: 'text', multiline: isMultiline(name, node), ...lengths(node) };
    }
    default:
      return undefined;
  }
}

/** A number, a text or a switch that may be something with parts as well: the plain one is what a person fills in. */
function scalarShape(name: string, branches: readonly SchemaNode[]): FieldShape | undefined {
  const parted = branches.filter((branch) => kindOf(branch) === 'object' || kindOf(branch) === 'array');
  const plain = branches.filter((branch) => !parted.includes(branch));
  if (parted.length === 0 || plain.length === 0) return undefined;
  const shape = plainShape(name, plain);
  return shape && { ...shape, alsoTakes: acceptedKinds(parted) };
}

function numberShape(node: SchemaNode, integer: boolean): FieldShape {
  const limits = limitsOf(node, integer);
  const step = stepOf(node, limits, integer);
  return { kind: 'number', integer, ...limits, step, slider: suitsSlider(limits, step) };
}

function isSeed(name: string): boolean {
  return wordsOf(name).at(-1) === 'seed';
}

function isText(node: SchemaNode): boolean {
  return kindOf(node) === 'string' && optionsOf(node) === undefined;
}

/** The values of an enum or a constant; `undefined` when there are none a choice could show. */
function optionsOf(node: SchemaNode): readonly (string | number | boolean)[] | undefined {
  const constant = own(node, 'const');
  const values = constant === undefined ? own(node, 'enum') : [constant];
  if (!isJsonArray(values) || values.length === 0) return undefined;
  const shown = values.filter(
    (v) => typeof v === 'string' || typeof v === 'number' || typeof v === 'boolean',
  );
  return shown.length === values.length ? shown : undefined;
}

function lengths(node: SchemaNode): { readonly minLength?: number; readonly maxLength?: number } {
  const [minLength, maxLength] = [countAt(node, 'minLength'), countAt(node, 'maxLength')];
  return { ...(minLength !== undefined && { minLength }), ...(maxLength !== undefined && { maxLength }) };
}

function itemCounts(branches: readonly SchemaNode[]): {
  readonly minItems?: number;
  readonly maxItems?: number;
} {
  const lists = branches.filter((branch) => kindOf(branch) === 'array');
  const [list] = lists;
  if (lists.length !== 1 || list === undefined) return {};
  const [minItems, maxItems] = [countAt(list, 'minItems'), countAt(list, 'maxItems')];
  return { ...(minItems !== undefined && { minItems }), ...(maxItems !== undefined && { maxItems }) };
}
