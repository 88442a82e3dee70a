import type { Facets } from '../../shared/history/found.ts';
import { resultKinds } from '../../shared/history/kinds.ts';
import type { RunStanding } from '../../shared/history/kinds.ts';
import { runStateKindSchema } from '../../shared/runs/run.ts';
import type { RunId } from '../../shared/runs/run.ts';
import type { Test } from './conditions.ts';
import { LIVE, STARRED, TRASHED } from './fact-table.ts';
import type { FactTable } from './fact-table.ts';
import { bitOf, standingOf } from './facts.ts';

interface Count<Value extends string> {
  readonly value: Value;
  readonly count: number;
}

/** How many of what fits are of each sort. `tags` gives the runs of each tag. */
export function facetsOf(facts: FactTable, test: Test, tags: ReadonlyMap<string, readonly RunId[]>): Facets {
  const endpoints = new Uint32Array(facts.endpoints.names.length);
  const profiles = new Uint32Array(facts.profiles.names.length);
  const states = new Uint32Array(facts.states.names.length);
  const kinds = new Map<number, number>();
  const amounts = new Float64Array(facts.currencies.names.length);
  const months = new Months();
  const fits = new Uint8Array(facts.count);
  let [total, starred, live, unpriced, trashed] = [0, 0, 0, 0, 0];
  for (let at = 0; at < facts.count; at += 1) {
    const marks = facts.marks[at] ?? 0;
    if ((marks & TRASHED) > 0) trashed += 1;
    if (!test(at)) continue;
    fits[at] = 1;
    total += 1;
    if ((marks & STARRED) > 0) starred += 1;
    if ((marks & LIVE) > 0) live += 1;
    add(endpoints, facts.endpoint[at]);
    add(profiles, facts.profile[at]);
    add(states, facts.state[at]);
    const sum = facts.kinds[at] ?? 0;
    kinds.set(sum, (kinds.get(sum) ?? 0) + 1);
    months.add(facts.ids[at] ?? 0);
    const cost = facts.cost[at] ?? Number.NaN;
    if (Number.isNaN(cost)) unpriced += 1;
    else add(amounts, facts.currency[at], cost);
  }
  return {
    total,
    models: named(endpoints, facts.endpoints.names),
    kinds: listed(
      resultKinds.map((value) => ({
        value,
        count: [...kinds].reduce((all, [sum, n]) => all + ((sum & bitOf(value)) > 0 ? n : 0), 0),
      })),
    ),
    standings: standingsOf(states, facts.states.names),
    months: months.list(),
    tags: listed(
      [...tags].map(([value, ids]) => ({
        value,
        count: ids.reduce((all, id) => all + (fits[facts.find(id)] ?? 0), 0),
      })),
    ),
    profiles: named(profiles, facts.profiles.names),
    starred,
    live,
    cost: [...amounts].flatMap((amount, code) => {
      const currency = facts.currencies.names[code] ?? '';
      return currency !== '' && amount > 0 ? [{ currency, amount }] : [];
    }),
    unpriced,
    trashed,
  };
}

function add(counts: Uint32Array | Float64Array, code = 0, much = 1): void {
  counts[code] = (counts[code] ?? 0) + much;
}

/** The most frequent first, none that is not there. */
function listed<Value extends string>(counts: readonly Count<Value>[]): Count<Value>[] {
  return counts
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

const named = (counts: Uint32Array, names: readonly string[]): Count<string>[] =>
  listed(names.map((value, code) => ({ value, count: counts[code] ?? 0 })));

/** States only a newer version knows stand for nothing here. */
function standingsOf(counts: Uint32Array, names: readonly string[]): Count<RunStanding>[] {
  const standings = new Map<RunStanding, number>();
  for (const [code, name] of names.entries()) {
    const state = runStateKindSchema.safeParse(name);
    if (!state.success) continue;
    const standing = standingOf(state.data);
    standings.set(standing, (standings.get(standing) ?? 0) + (counts[code] ?? 0));
  }
  return listed([...standings].map(([value, count]) => ({ value, count })));
}

/** Months by this computer's zone, asked of the calendar once a month: ids come in the order of time. */
class Months {
  readonly #counts: { value: string; count: number }[] = [];
  #from = 0;
  #to = 0;

  add(id: RunId): void {
    const last = this.#counts.at(-1);
    if (last !== undefined && id >= this.#from && id < this.#to) {
      last.count += 1;
      return;
    }
    const date = new Date(id / 1000);
    const [year, month] = [date.getFullYear(), date.getMonth()];
    this.#from = new Date(year, month, 1).getTime() * 1000;
    this.#to = new Date(year, month + 1, 1).getTime() * 1000;
    this.#counts.push({
      value: `${String(year).padStart(4, '0')}-${String(month + 1).padStart(2, '0')}`,
      count: 1,
    });
  }

  list(): Count<string>[] {
    return this.#counts.toReversed();
  }
}
