import { assertNever } from '../../shared/result.ts';
import type { Condition, HistoryQuery, Term } from '../../shared/history/query.ts';
import { bitOf, statesOf } from './facts.ts';
import { LIVE, NOTED, STARRED, TRASHED } from './fact-table.ts';
import type { FactTable, Names } from './fact-table.ts';

type TextTerm = Term & { readonly condition: Extract<Condition, { kind: 'text' }> };
export type Test = (at: number) => boolean;

export interface Asked {
  readonly terms: HistoryQuery['terms'];
  /** Ids of the runs of a tag. */
  readonly tagged: (tag: string) => readonly number[];
}

/** Whether the row at a place fits all terms but `text` ones. Runs in the trash are found only where the query speaks of it. */
export function testOf({ terms, tagged }: Asked, facts: FactTable): Test {
  const aboutTrash = terms.some(({ condition }) => condition.kind === 'is' && condition.is === 'trashed');
  const tests: Test[] = aboutTrash ? [] : [(at) => ((facts.marks[at] ?? 0) & TRASHED) === 0];
  for (const { not, condition } of terms) {
    if (condition.kind === 'text') continue;
    const test = testOfOne(condition, facts, tagged);
    tests.push(not ? (at) => !test(at) : test);
  }
  return (at) => tests.every((test) => test(at));
}

function testOfOne(
  condition: Exclude<Condition, { kind: 'text' }>,
  facts: FactTable,
  tagged: Asked['tagged'],
): Test {
  switch (condition.kind) {
    case 'model': {
      const fits = fitting(facts.endpoints, (name) =>
        condition.whole ? name.toLowerCase() === condition.text : name.toLowerCase().includes(condition.text),
      );
      return (at) => fits[facts.endpoint[at] ?? 0] === true;
    }
    case 'result': {
      const bit = bitOf(condition.result);
      return (at) => ((facts.kinds[at] ?? 0) & bit) > 0;
    }
    case 'standing': {
      const states: readonly string[] = statesOf(condition.standing);
      const fits = fitting(facts.states, (name) => states.includes(name));
      return (at) => fits[facts.state[at] ?? 0] === true;
    }
    case 'is':
      return testOfMark(condition.is, facts);
    case 'tag': {
      const flags = facts.flags(tagged(condition.tag));
      return (at) => flags[at] === 1;
    }
    case 'key': {
      const { key, ids = [] } = condition;
      const fits = fitting(facts.profiles, (id) => ids.includes(id) || id.toLowerCase() === key);
      return (at) => fits[facts.profile[at] ?? 0] === true;
    }
    case 'batch':
      return (at) => facts.batch[at] === condition.id;
    case 'cost': {
      const { least, most } = condition;
      // What is not known is NaN, and neither above nor below anything.
      return (at) => {
        const cost = facts.cost[at] ?? Number.NaN;
        return (
          !Number.isNaN(cost) &&
          (least === null || (least.with ? cost >= least.value : cost > least.value)) &&
          (most === null || (most.with ? cost <= most.value : cost < most.value))
        );
      };
    }
    case 'made': {
      const [from, to] = [condition.from * 1000, condition.to * 1000];
      return (at) => (facts.ids[at] ?? 0) >= from && (facts.ids[at] ?? 0) < to;
    }
    default:
      return assertNever(condition);
  }
}

function testOfMark(is: Extract<Condition, { kind: 'is' }>['is'], facts: FactTable): Test {
  if (is === 'batch') return (at) => (facts.batch[at] ?? 0) !== 0;
  const bit = { starred: STARRED, trashed: TRASHED, live: LIVE, noted: NOTED }[is];
  return (at) => ((facts.marks[at] ?? 0) & bit) > 0;
}

const fitting = ({ names }: Names, fits: (name: string) => boolean): readonly boolean[] => names.map(fits);

/** The text terms, for the text search. */
export const textTerms = (terms: HistoryQuery['terms']): readonly TextTerm[] =>
  terms.filter((term): term is TextTerm => term.condition.kind === 'text');
