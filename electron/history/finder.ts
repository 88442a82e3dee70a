import type { DatabaseSync } from 'node:sqlite';
import type { Facets, Found } from '../../shared/history/found.ts';
import type { HistoryQuery } from '../../shared/history/query.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { testOf } from './conditions.ts';
import type { Test } from './conditions.ts';
import { FactTable } from './fact-table.ts';
import { facetsOf } from './facets.ts';
import { firstPage, pageOf } from './search.ts';
import type { SearchQuery } from './search.ts';
import { idsIn } from './text-index.ts';
import type { TextIndex } from './text-index.ts';
import { findTexts } from './text-query.ts';

/** Answers queries out of the facts in memory and the index of words. */
export class Finder {
  readonly #db: DatabaseSync;
  readonly #index: TextIndex;
  readonly #facts: FactTable;

  constructor(db: DatabaseSync, writable: boolean, index: TextIndex) {
    this.#db = db;
    this.#index = index;
    this.#facts = new FactTable(db, writable);
  }

  search(asked: SearchQuery): Found {
    const { query, order, after, limit } = asked;
    if (!this.#facts.loaded && query.terms.length === 0 && order === 'newest' && after === null)
      return { ...firstPage(this.#db, limit), problems: [...query.problems] };
    const { test, problems } = this.#read(asked.query);
    return { ...pageOf(this.#facts, test, asked), problems };
  }

  facets(query: HistoryQuery): Facets {
    const { test } = this.#read(query);
    const rows = this.#db
      .prepare('SELECT tag, json_group_array(run_id) AS ids FROM run_tags GROUP BY tag')
      .all();
    return facetsOf(this.#facts, test, new Map(rows.map((row) => [String(row['tag']), idsIn(row)])));
  }

  #read({ terms, problems }: HistoryQuery): { test: Test; problems: string[] } {
    const facts = this.#facts;
    facts.refresh();
    const test = testOf({ terms, tagged: (tag) => this.#tagged(tag) }, facts);
    const { flags, problems: unclear } = findTexts(this.#db, this.#index, facts, { terms });
    return {
      test: flags === null ? test : (at) => flags[at] === 1 && test(at),
      problems: [...problems, ...unclear],
    };
  }

  #tagged(tag: string): RunId[] {
    const sql = 'SELECT json_group_array(run_id) AS ids FROM run_tags WHERE tag = ?';
    return idsIn(this.#db.prepare(sql).get(tag));
  }
}
