import type { DatabaseSync } from 'node:sqlite';
import type { HistoryQuery } from '../../shared/history/query.ts';
import { textTerms } from './conditions.ts';
import type { FactTable } from './fact-table.ts';
import { idsIn } from './text-index.ts';
import type { TextIndex } from './text-index.ts';
import { wordsIn } from './words.ts';

/** Words of a search beyond these are not looked for: nobody types as many. */
const MOST_TERMS = 40;
const MOST_WORDS = 60;

export interface TextFound {
  /** A flag for each row that fits; null where the query has no words. */
  readonly flags: Uint8Array | null;
  readonly problems: readonly string[];
}

/** Rows that hold all the words of a query and none of those with a minus. */
export function findTexts(
  db: DatabaseSync,
  index: TextIndex,
  facts: FactTable,
  { terms }: Pick<HistoryQuery, 'terms'>,
): TextFound {
  const problems: string[] = [];
  const all = textTerms(terms);
  if (all.length > MOST_TERMS) problems.push(`Only the first ${MOST_TERMS} words are searched for.`);
  const asked = all.slice(0, MOST_TERMS).flatMap(({ not, condition: { text, phrase } }) => {
    const words = wordsIn(text);
    if (words.length === 0) {
      problems.push(`Nothing in “${text.slice(0, 40)}” can be searched for.`);
      return [];
    }
    return [{ not, text, phrase, words: words.slice(0, MOST_WORDS) }];
  });
  if (asked.length === 0) return { flags: null, problems };
  if (index.on && index.due)
    problems.push('Some older runs are still being indexed; more may be found in a moment.');

  const wanted = asked.filter(({ not }) => !not);
  const unwanted = asked.filter(({ not }) => not);
  const ids = (some: typeof asked, joint: 'AND' | 'OR'): number[] =>
    index.on
      ? index.find(some.map(matchOf).join(` ${joint} `))
      : idsIn(db.prepare(inRows(some.length, joint)).get(...some.map(({ text }) => likeOf(text))));
  const flags = wanted.length === 0 ? new Uint8Array(facts.count).fill(1) : facts.flags(ids(wanted, 'AND'));
  if (unwanted.length > 0)
    for (const id of ids(unwanted, 'OR')) {
      const at = facts.find(id);
      if (at >= 0) flags[at] = 0;
    }
  return { flags, problems };
}

/** Words hold letters and digits alone, so nothing in them is an operator; several are found as they follow each other. */
const matchOf = ({
  words,
  phrase,
}: {
  readonly words: readonly string[];
  readonly phrase: boolean;
}): string => `"${words.join(' ')}"${phrase ? '' : ' *'}`;

function inRows(count: number, joint: 'AND' | 'OR'): string {
  const one = (_: unknown, n: number): string =>
    ['input', 'output', 'endpoint_id', 'note']
      .map((name) => `${name} LIKE ?${n + 1} ESCAPE '\\'`)
      .join(' OR ') + ` OR id IN (SELECT run_id FROM run_tags WHERE tag LIKE ?${n + 1} ESCAPE '\\')`;
  const clauses = Array.from({ length: count }, one).map((clause) => `(${clause})`);
  return `SELECT json_group_array(id) AS ids FROM runs WHERE ${clauses.join(` ${joint} `)}`;
}

const likeOf = (text: string): string => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`;
