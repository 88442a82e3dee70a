import type { JsonValue } from '../json.ts';
import type { FileMedium } from '../media/input.ts';

/** What every field of a form knows about itself, read from one property of a model's input schema. */
export interface FieldBase {
  /** The property's name in the request. */
  readonly name: string;
  readonly label: string;
  /** Plain text, dedented; may hold line breaks; empty when the schema says nothing. */
  readonly help: string;
  readonly required: boolean;
  /** What the server assumes when the property is left out; absent when the schema names none that fits. */
  readonly default?: JsonValue;
  /** `null` is a legal value (`anyOf [T, null]` or `nullable`). */
  readonly nullable: boolean;
  readonly deprecated: boolean;
  /** Kinds that are legal as well, beside what the field itself takes; there is no control for them but JSON. */
  readonly alsoTakes?: readonly JsonKind[];
  /** Folded away at first: optional and not what a person reaches for. */
  readonly advanced: boolean;
  readonly examples: readonly JsonValue[];
}

export interface TextField extends FieldBase {
  readonly kind: 'text';
  readonly multiline: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/**
 * What a model says it takes of a file (`x-fal` and its older flat spellings, fal-protocol §12.4). Advice: the server has
 * the last word, and most models say nothing.
 */
export interface FileLimits {
  /** The model's own words, to show: "Max file size: 10.0MB, Min width: 300px". */
  readonly words?: string;
  readonly maxBytes?: number;
  /** Width times height. */
  readonly maxPixels?: number;
  /** Pixels a side, inclusive, as are all limits here. */
  readonly minWidth?: number;
  readonly maxWidth?: number;
  readonly minHeight?: number;
  readonly maxHeight?: number;
  /** Width by height. */
  readonly minAspectRatio?: number;
  readonly maxAspectRatio?: number;
  /** Seconds. */
  readonly minDuration?: number;
  readonly maxDuration?: number;
  /** Frames a second. */
  readonly minFps?: number;
  readonly maxFps?: number;
}

/** A file, by an address: `media:<sha256>` for one of this computer (shared/media/reference.ts), a URL or a data URI. */
export interface FileField extends FieldBase {
  readonly kind: 'file';
  readonly medium: FileMedium;
  readonly limits: FileLimits;
  /** For a mask: the name of the field beside it (a file, or a list of files) whose image it covers. */
  readonly maskOf?: string;
  /** Of a URL as it is sent. */
  readonly minLength?: number;
  readonly maxLength?: number;
}

export interface NumberField extends FieldBase {
  readonly kind: 'number';
  readonly integer: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: number;
  readonly exclusiveMax?: number;
  /** The distance of two legal values, from `multipleOf` or `step`; for the widget's arrows when the schema names none. */
  readonly step: number;
  readonly multipleOf?: number;
  /** Both ends are known and near enough that dragging makes sense. */
  readonly slider: boolean;
}

export interface ChoiceOption {
  readonly value: string | number | boolean;
  readonly label: string;
}

export interface ChoiceField extends FieldBase {
  readonly kind: 'choice';
  readonly options: readonly ChoiceOption[];
  /** Other text is legal too (`anyOf [enum, string]`). */
  readonly open: boolean;
}

export interface SwitchField extends FieldBase {
  readonly kind: 'switch';
}

export interface SeedField extends FieldBase {
  readonly kind: 'seed';
  readonly min?: number | bigint;
  readonly max?: number | bigint;
}

export interface SizePreset {
  readonly value: string;
  readonly label: string;
  /** Pixels, where the name is one fal defines (fal-protocol §12.4). */
  readonly width?: number;
  readonly height?: number;
}

/** A named size or `{ width, height }` (fal-protocol §12.4, "image_size"). */
export interface SizeField extends FieldBase {
  readonly kind: 'size';
  readonly presets: readonly SizePreset[];
  /** Names beyond the presets are legal too (`anyOf [object, enum, string]`). */
  readonly open: boolean;
  /** Pixels a side, inclusive. */
  readonly minSide: number;
  readonly maxSide: number;
  /** Both sides have to be multiples of this many pixels. */
  readonly sideMultipleOf?: number;
}

export type JsonKind = 'object' | 'array' | 'string' | 'integer' | 'number' | 'boolean';

/** A list whose items are all alike. Choices under `uniqueItems` are a list too, its item being a choice. */
export interface ListField extends FieldBase {
  readonly kind: 'list';
  /** What each item is. It has no name; its label is one of what the list holds: "LoRA", "Image", "Item". */
  readonly item: Field;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems: boolean;
  /** One item without a list around it is legal too (`anyOf [T, array of T]`). */
  readonly orSingle: boolean;
}

/** Named values that belong together. */
export interface ObjectField extends FieldBase {
  readonly kind: 'object';
  /** In display order, as in `ModelForm`. */
  readonly fields: readonly Field[];
  /** Keys beyond the fields are legal. */
  readonly open: boolean;
  /** What the fields together are, where they are worth a shape of their own: weights with a path and a scale. */
  readonly role?: 'lora';
}

/** Values under names the person chooses (`additionalProperties`). */
export interface MapField extends FieldBase {
  readonly kind: 'map';
  /** What each value is. It has no name. */
  readonly value: Field;
}

/** A list of fixed length whose places differ (`prefixItems`). */
export interface TupleField extends FieldBase {
  readonly kind: 'tuple';
  /** One for each place. They have no names. */
  readonly items: readonly Field[];
}

/** Anything without a field of its own: edited as JSON, so that no model is out of reach. */
export interface JsonField extends FieldBase {
  readonly kind: 'json';
  /** What is expected, in a few words: "list of objects", "object with 3 fields". */
  readonly expects: string;
  /** Why a value that is described has no fields all the same, as a sentence: it contains itself, or lies too deep. */
  readonly reason?: string;
  /** The kinds of value the schema allows at the top; empty when it does not say. */
  readonly accepts: readonly JsonKind[];
  readonly minItems?: number;
  readonly maxItems?: number;
}

export type Field =
  | TextField
  | FileField
  | NumberField
  | ChoiceField
  | SwitchField
  | SeedField
  | SizeField
  | ListField
  | ObjectField
  | MapField
  | TupleField
  | JsonField;

/** What a form needs of a model's OpenAPI document. */
export interface ModelForm {
  readonly endpointId: string;
  /** In display order: `x-fal-order-properties`, then required ones, then the rest. */
  readonly fields: readonly Field[];
}

export type FormResult =
  | { readonly kind: 'form'; readonly form: ModelForm }
  /** The document cannot be read as a form; the whole request is then written as JSON. `reason` is a sentence. */
  | { readonly kind: 'unreadable'; readonly reason: string };
