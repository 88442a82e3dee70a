import { standingIn, withFilter, withoutFilter, withoutTokens } from '../../shared/history/edit-query.ts';
import type { Filter } from '../../shared/history/edit-query.ts';
import { runStandings } from '../../shared/history/kinds.ts';
import type { Token } from '../../shared/history/tokens.ts';

/** Filters of which a run can meet only one: to choose another is to let go of the one before. */
export const soles = ['model', 'standing', 'month', 'key'] as const;
export type Sole = (typeof soles)[number];

const standings: readonly string[] = runStandings;

/** Whether a token asks for one of these. */
export function asksFor(sole: Sole, { name, value, not }: Pick<Token, 'name' | 'value' | 'not'>): boolean {
  if (not) return false;
  switch (sole) {
    case 'model':
      return name === 'model' && /^=./.test(value);
    case 'standing':
      return name === 'is' && standings.includes(value.toLowerCase());
    case 'month':
      return name === 'date' && /^\d{4}-\d{2}$/.test(value);
    case 'key':
      return name === 'key' && value !== '';
  }
}

/** The text after a row was pressed: again takes its filter out, and one of its sort gives way. */
export function toggled(text: string, filter: Filter, sole: Sole | null, not: boolean): string {
  if (standingIn(text, filter) === (not ? 'without' : 'with')) return withoutFilter(text, filter);
  if (!not && standingIn(text, filter) === 'without') return withoutFilter(text, filter);
  const rest = sole === null || not ? text : withoutTokens(text, (token) => asksFor(sole, token));
  return withFilter(rest, filter, not);
}
