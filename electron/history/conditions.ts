import { assertNever } from '../../shared/result.ts';
import type { Condition, HistoryQuery, Term } from '../../shared/history/query.ts';
import { bitOf, statesOf } from './facts.ts';

/** A part of a WHERE clause with the values of its question marks, in their order. */
export interface Where {
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

/** The clause for all terms but `text` ones. Runs in the trash are found only where the query speaks of it. */
export function whereOf({ terms }: Pick<HistoryQuery, 'terms'>): Where {
  const aboutTrash = terms.some(({ condition }) => condition.kind === 'is' && condition.is === 'trashed');
  const parts: Where[] = aboutTrash ? [] : [{ sql: 'deleted_at IS NULL', values: [] }];
  for (const term of terms) {
    const part = wherePart(term.condition);
    if (part !== null) parts.push(term.not ? { ...part, sql: `NOT coalesce(${part.sql}, 0)` } : part);
  }
  return {
    sql: parts.map(({ sql }) => `(${sql})`).join(' AND ') || '1',
    values: parts.flatMap(({ values }) => values),
  };
}

/** Null for what the text search answers. */
function wherePart(condition: Condition): Where | null {
  switch (condition.kind) {
    case 'text':
      return null;
    case 'model':
      return condition.whole
        ? { sql: 'lower(endpoint_id) = ?', values: [condition.text] }
        : { sql: 'instr(lower(endpoint_id), ?) > 0', values: [condition.text] };
    case 'result':
      return { sql: '(kinds & ?) > 0', values: [bitOf(condition.result)] };
    case 'standing': {
      const states = statesOf(condition.standing);
      return { sql: `state_kind IN (${states.map(() => '?').join(', ')})`, values: states };
    }
    case 'is':
      return { sql: IS[condition.is], values: [] };
    case 'tag':
      return { sql: 'id IN (SELECT run_id FROM run_tags WHERE tag = ?)', values: [condition.tag] };
    case 'key':
      return { sql: 'profile_id = ?', values: [condition.key] };
    case 'batch':
      return { sql: 'batch_id = ?', values: [condition.id] };
    case 'cost': {
      const { least, most } = condition;
      const sides: Where[] = [];
      if (least !== null) sides.push({ sql: `cost ${least.with ? '>=' : '>'} ?`, values: [least.value] });
      if (most !== null) sides.push({ sql: `cost ${most.with ? '<=' : '<'} ?`, values: [most.value] });
      return {
        sql: sides.map(({ sql }) => sql).join(' AND '),
        values: sides.flatMap(({ values }) => values),
      };
    }
    case 'made':
      return {
        sql: 'id >= ? AND id < ?',
        values: [condition.from * 1000, Math.min(condition.to * 1000, Number.MAX_SAFE_INTEGER)],
      };
    default:
      return assertNever(condition);
  }
}

const IS: Readonly<Record<Extract<Condition, { kind: 'is' }>['is'], string>> = {
  starred: 'star = 1',
  trashed: 'deleted_at IS NOT NULL',
  live: "origin = 'live'",
  batch: 'batch_id IS NOT NULL',
  noted: "id IN (SELECT id FROM runs WHERE note <> '')",
};

/** The text terms, for the text search. */
export const textsOf = ({
  terms,
}: Pick<HistoryQuery, 'terms'>): readonly (Term & {
  readonly condition: Extract<Condition, { kind: 'text' }>;
})[] =>
  terms.filter(
    (term): term is Term & { readonly condition: Extract<Condition, { kind: 'text' }> } =>
      term.condition.kind === 'text',
  );
