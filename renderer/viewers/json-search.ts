import type { JsonValue } from '../../shared/json.ts';
import { childAt, countOf, isContainer } from './json-path.ts';
import type { JsonRoot } from './json-rows.ts';

/** Where something was found. */
export interface JsonHit {
  readonly root: number;
  /** Positions that lead to it from its root. */
  readonly positions: readonly number[];
}

/** Values looked at between two of its pauses. */
const A_PIECE = 2000;

/**
 * Looks for a text in all names and values, letters of either size being the same. Gives a hit as it is found, and null now
 * and then in between, for whoever drives it to do something else: the whole may be 50 MB.
 */
export function* searchJson(roots: readonly JsonRoot[], query: string): Generator<JsonHit | null> {
  const wanted = query.toLowerCase();
  let looked = 0;
  const stack: { readonly value: JsonValue; next: number }[] = [];
  const positions: number[] = [];
  for (const [root, { value }] of roots.entries()) {
    if (!isContainer(value) && holds(value, wanted)) yield { root, positions: [] };
    stack.push({ value, next: 0 });
    while (stack.length > 0) {
      const top = stack.at(-1);
      if (top === undefined) break;
      const child = isContainer(top.value) ? childAt(top.value, top.next) : undefined;
      if (child === undefined) {
        stack.pop();
        positions.pop();
        continue;
      }
      const position = top.next;
      top.next += 1;
      looked += 1;
      if (looked % A_PIECE === 0) yield null;
      const [name, inner] = child;
      const named = typeof name === 'string' && name.toLowerCase().includes(wanted);
      if (named || (!isContainer(inner) && holds(inner, wanted)))
        yield { root, positions: [...positions, position] };
      if (isContainer(inner) && countOf(inner) > 0) {
        stack.push({ value: inner, next: 0 });
        positions.push(position);
      }
    }
  }
}

const holds = (value: JsonValue, wanted: string): boolean =>
  (typeof value === 'string' ? value : String(value)).toLowerCase().includes(wanted);
