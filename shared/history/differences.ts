import { isJsonObject, sameJson } from '../json.ts';
import type { JsonValue } from '../json.ts';

export interface Difference {
  /** Names and positions that lead there. */
  readonly path: readonly (string | number)[];
  /** Of each request in their order; undefined where it has none. */
  readonly values: readonly (JsonValue | undefined)[];
}

export interface Differences {
  readonly differing: readonly Difference[];
  /** The largest parts that all have and that are the same in all. */
  readonly equal: readonly Difference[];
}

/** Beyond so many rows what differs is told as a whole: nobody reads more. */
const MOST_ROWS = 500;

/** Where these requests differ, as deep as all of them go, in the order of the first that has it. */
export function differencesOf(values: readonly JsonValue[]): Differences {
  const differing: Difference[] = [];
  const equal: Difference[] = [];
  const look = ({ path, values }: Difference): void => {
    if (values.every((value) => sameJson(value, values[0]))) return void equal.push({ path, values });
    const inner = differing.length < MOST_ROWS ? within(values) : null;
    if (inner === null) differing.push({ path, values });
    else for (const [step, values] of inner) look({ path: [...path, step], values });
  };
  look({ path: [], values });
  // What has nothing in it has nothing that is equal.
  return { differing, equal: equal.filter(({ path }) => path.length > 0 || !isEmpty(values[0])) };
}

type Inner = readonly (readonly [step: string | number, values: readonly (JsonValue | undefined)[]])[];

/** Null where they are not all objects, or all lists, or would be too many rows. */
function within(values: readonly (JsonValue | undefined)[]): Inner | null {
  const objects = values.filter(isJsonObject);
  if (objects.length === values.length) {
    const names = new Set(objects.flatMap((object) => Object.keys(object)));
    if (names.size > MOST_ROWS) return null;
    return [...names].map((name) => [
      name,
      objects.map((object) => (Object.hasOwn(object, name) ? object[name] : undefined)),
    ]);
  }
  const lists = values.filter((value) => Array.isArray(value));
  if (lists.length < values.length) return null;
  const length = Math.max(...lists.map((list) => list.length));
  if (length > MOST_ROWS) return null;
  return Array.from({ length }, (_, i) => [i, lists.map((list: readonly JsonValue[]) => list[i])]);
}

const isEmpty = (value: JsonValue | undefined): boolean =>
  isJsonObject(value) && Object.keys(value).length === 0;
