import { isJsonObject, stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { referencedSha } from '../../shared/media/reference.ts';
import type { Field } from '../../shared/schema/field.ts';
import { isJsonArray } from '../../shared/schema/node.ts';
import { valueOf } from '../../shared/schema/request.ts';

const LONGEST = 80;
/** Of a group: more would be cut off anyway. */
const PARTS = 3;

/** A value in one line of a few words, to know it by among others; empty where it says nothing. */
export function summaryOf(field: Field, value: JsonValue | undefined): string {
  if (value === undefined || value === null) return '';
  if (field.kind === 'list' && isJsonArray(value)) return counted(value.length, 'item');
  if (field.kind === 'map' && isJsonObject(value)) return cut(Object.keys(value).join(', '));
  if (field.kind === 'object' && isJsonObject(value)) {
    // What was set tells one from another; what all have by default does not.
    const set = field.fields.filter(({ name }) => Object.hasOwn(value, name));
    const parts = set.map((inner) => partOf(inner, valueOf(inner, value))).filter((part) => part !== '');
    return cut(parts.slice(0, PARTS).join(' · '));
  }
  if (field.kind === 'tuple' && isJsonArray(value)) return cut(value.map((one) => plain(one)).join(', '));
  if (field.kind === 'choice') return field.options.find((one) => one.value === value)?.label ?? plain(value);
  if (field.kind === 'file' && typeof value === 'string') return fileName(value);
  if (field.kind === 'size' && isJsonObject(value))
    return `${plain(value['width'])} × ${plain(value['height'])}`;
  return cut(plain(value));
}

/** A number or a switch says nothing without its name. */
function partOf(field: Field, value: JsonValue | undefined): string {
  if (field.kind === 'switch') return value === true ? field.label : '';
  const words = summaryOf(field, value);
  const needsName = field.kind === 'number' || field.kind === 'seed' || field.kind === 'list';
  return needsName && words !== '' ? `${field.label} ${words}` : words;
}

function fileName(address: string): string {
  if (referencedSha(address) !== null) return 'a file';
  if (address.startsWith('data:')) return 'data';
  return cut(/([^/?#]+)\/?(?:[?#].*)?$/.exec(address)?.[1] ?? address);
}

const plain = (value: JsonValue | undefined): string =>
  typeof value === 'string'
    ? value.replace(/\s+/g, ' ').trim()
    : value === undefined
      ? ''
      : stringifyJson(value);

const cut = (text: string): string => (text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text);

const counted = (count: number, unit: string): string => `${count} ${unit}${count === 1 ? '' : 's'}`;
