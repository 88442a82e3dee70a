import type { JsonValue } from '../json.ts';
import type { Field, FieldBase } from './field.ts';
import type { SchemaNode } from './node.ts';
import type { Resolve } from './resolve.ts';

type WithoutBase<F> = F extends Field ? Omit<F, keyof FieldBase> : never;

/** What a field is, without what every field has. */
export type FieldShape = WithoutBase<Field> & Pick<FieldBase, 'alsoTakes'>;

/** A place that a value fills: a property, an item of a list, a value of a map. */
export interface Place {
  /** Empty for items and values. */
  readonly name: string;
  /** The name its medium is told by, where that is not its own: an item has its list's, `url` its object's. */
  readonly subject: string;
  /** What to call it where its schema does not say. */
  readonly label?: string;
  readonly required: boolean;
  /** Keys of the schema around it that count for it too: the hints and limits of a list are those of its items. */
  readonly inherited: SchemaNode;
}

/** Reads schemas as fields, and knows how far down it is. */
export interface Reader {
  readonly resolve: Resolve;
  /** A reader for what lies within `node`; a sentence where there is no end to it. */
  readonly enter: (node: SchemaNode) => Reader | string;
  readonly field: (place: Place, raw: JsonValue | undefined) => Field;
  /** The fields of an object under the name of its owner, in display order, without hidden ones. */
  readonly fields: (owner: string, node: SchemaNode) => readonly Field[];
}
