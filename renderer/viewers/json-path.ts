import type { JsonValue } from '../../shared/json.ts';

/** The names and positions that lead to a value. */
export type Path = readonly (string | number)[];

/** As it is written in code: `images[0].url`, `["a b"].c`; empty for the whole. */
export function pathText(path: Path): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[A-Za-z_$][\w$]*$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

export type Container = readonly JsonValue[] | { readonly [key: string]: JsonValue };

export const isContainer = (value: JsonValue): value is Container =>
  typeof value === 'object' && value !== null;

const keysOf = new WeakMap<object, readonly string[]>();

/** The names of an object, read once: of a million this takes its time. */
export function keys(container: { readonly [key: string]: JsonValue }): readonly string[] {
  const known = keysOf.get(container);
  if (known !== undefined) return known;
  const own = Object.keys(container);
  keysOf.set(container, own);
  return own;
}

export const isList = (container: Container): container is readonly JsonValue[] => Array.isArray(container);

export const countOf = (container: Container): number =>
  isList(container) ? container.length : keys(container).length;

/** The child at a position; undefined past the end. */
export function childAt(
  container: Container,
  position: number,
): readonly [step: string | number, value: JsonValue] | undefined {
  if (isList(container)) {
    const value = container[position];
    return value === undefined ? undefined : [position, value];
  }
  const key = keys(container)[position];
  if (key === undefined) return undefined;
  const value = container[key];
  return value === undefined ? undefined : [key, value];
}
