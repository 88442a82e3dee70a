import type { JsonValue } from '../../shared/json.ts';
import type { Path } from './json-path.ts';
import { childAt, countOf, isContainer } from './json-path.ts';

/** A tree of its own: the request, the response. */
export interface JsonRoot {
  readonly name: string;
  readonly value: JsonValue;
}

/** One line of the tree as it is unfolded. */
export interface JsonRow {
  /** Its own among all rows, and the same however the tree is unfolded. */
  readonly id: string;
  readonly depth: number;
  /** Of which of the roots. */
  readonly root: number;
  /** From its root. */
  readonly path: Path;
  /** What stands before the colon; for a range of a long list its first and last position. */
  readonly name: string;
  readonly kind: 'root' | 'child' | 'range';
  readonly value: JsonValue;
  /** Null where there is nothing to unfold. */
  readonly open: boolean | null;
  /** From 1, among its siblings. */
  readonly place: number;
  readonly siblings: number;
}

/** Children in a row; more than that stand in ranges, so that unfolding a million draws up a thousand. */
const AT_ONCE = 1000;

const rootId = (root: number): string => String(root);
const childId = (parent: string, position: number): string => `${parent}/${position}`;
const rangeId = (parent: string, from: number, step: number): string => `${parent}/${from}+${step}`;

/** How many children a range of so many takes; 1 where they need none. */
export function rangeStep(count: number): number {
  let step = 1;
  while (count / step > AT_ONCE) step *= AT_ONCE;
  return step;
}

/** The rows in sight where these are unfolded; only what is unfolded is looked at. */
export function jsonRows(roots: readonly JsonRoot[], open: ReadonlySet<string>): readonly JsonRow[] {
  const rows: JsonRow[] = [];
  for (const [root, { name, value }] of roots.entries()) {
    const place = { place: root + 1, siblings: roots.length };
    add(rows, { id: rootId(root), depth: 0, root, path: [], name, kind: 'root', value, ...place }, open);
  }
  return rows;
}

function add(rows: JsonRow[], row: Omit<JsonRow, 'open'>, open: ReadonlySet<string>): void {
  const { value, id } = row;
  const count = isContainer(value) ? countOf(value) : 0;
  const unfolded = count > 0 && open.has(id);
  rows.push({ ...row, open: count === 0 ? null : unfolded });
  if (unfolded) addSpan(rows, { ...row, from: 0, to: count, depth: row.depth + 1, of: id }, open);
}

interface Span {
  readonly value: JsonValue;
  readonly root: number;
  readonly path: Path;
  readonly depth: number;
  /** The row of the list or object itself. */
  readonly of: string;
  /** Positions; the end is not among them. */
  readonly from: number;
  readonly to: number;
}

function addSpan(rows: JsonRow[], span: Span, open: ReadonlySet<string>): void {
  const { value, root, path, depth, of, from, to } = span;
  if (!isContainer(value)) return;
  const step = rangeStep(to - from);
  const siblings = Math.ceil((to - from) / step);
  for (let i = 0; i < siblings; i += 1) {
    const at = from + i * step;
    const place = { place: i + 1, siblings };
    if (step === 1) {
      const child = childAt(value, at);
      if (child === undefined) continue;
      const [name, inner] = child;
      const own = { path: [...path, name], name: String(name), kind: 'child', value: inner } as const;
      add(rows, { id: childId(of, at), depth, root, ...own, ...place }, open);
      continue;
    }
    const end = Math.min(at + step, to);
    const id = rangeId(of, at, step);
    const unfolded = open.has(id);
    const name = `${at} … ${end - 1}`;
    rows.push({ id, depth, root, path, name, kind: 'range', value, open: unfolded, ...place });
    if (unfolded) addSpan(rows, { ...span, from: at, to: end, depth: depth + 1 }, open);
  }
}

/** The rows that must be unfolded for the value at these positions to be in sight. */
export function above(
  roots: readonly JsonRoot[],
  root: number,
  positions: readonly number[],
): readonly string[] {
  const ids: string[] = [];
  let id = rootId(root);
  let value = roots[root]?.value;
  for (const position of positions) {
    if (value === undefined || !isContainer(value)) break;
    ids.push(id);
    let [from, to] = [0, countOf(value)];
    for (let step = rangeStep(to - from); step > 1; step = rangeStep(to - from)) {
      from += Math.floor((position - from) / step) * step;
      to = Math.min(from + step, to);
      ids.push(rangeId(id, from, step));
    }
    id = childId(id, position);
    value = childAt(value, position)?.[1];
  }
  return ids;
}

/** The row of the value at these positions. */
export const idAt = (root: number, positions: readonly number[]): string =>
  positions.reduce((id, position) => childId(id, position), rootId(root));

/** What is unfolded at first: the roots, and in them what is short. */
export function openAtFirst(roots: readonly JsonRoot[]): ReadonlySet<string> {
  const SHORT = 12;
  const open = new Set<string>();
  const unfold = (id: string, value: JsonValue, depth: number): void => {
    if (!isContainer(value) || depth > 2) return;
    const count = countOf(value);
    if (depth > 0 && count > SHORT) return;
    open.add(id);
    for (let i = 0; i < Math.min(count, AT_ONCE); i += 1) {
      const child = childAt(value, i);
      if (child !== undefined) unfold(childId(id, i), child[1], depth + 1);
    }
  };
  for (const [root, { value }] of roots.entries()) unfold(rootId(root), value, 0);
  return open;
}
