import { differencesOf } from '../../../shared/history/differences.ts';
import type { JsonValue } from '../../../shared/json.ts';
import type { Run } from '../../../shared/runs/run.ts';
import { inSentence, labelFromName } from '../../../shared/schema/labels.ts';
import { titleOf } from '../../viewers/title.ts';

/** Letters of a value in a name. */
const MOST_LETTERS = 24;
const MOST_PARTS = 2;

/**
 * What tells each run from the others in a word or two: its model, what its request has that the others have not, its title,
 * or model and request; of these the first by which all are told apart, or as many as can be.
 */
export function runNames(runs: readonly Run[]): readonly string[] {
  const models = runs.map(({ endpointId }) => endpointId);
  const values = valueNames(runs);
  const both = models.map((model, i) => [model, values[i]].filter(Boolean).join(' · '));
  const ways = [models, values, runs.map(titleOf), both].filter((names) =>
    names.every((name) => name !== ''),
  );
  const told = (names: readonly string[]): number => new Set(names).size;
  return ways.reduce((best, names) => (told(names) > told(best) ? names : best), ways[0] ?? models);
}

/** "seed 7 · steps 28"; "" of a run that has none of the short values that differ. */
function valueNames(runs: readonly Run[]): readonly string[] {
  const { differing } = differencesOf(runs.map(({ input }) => input));
  const short = differing.filter(({ values }) => values.every(isShort)).slice(0, MOST_PARTS);
  return runs.map((_, i) =>
    short
      .flatMap(({ path, values }) => {
        const value = values[i];
        const name = String(path.findLast((step) => typeof step === 'string') ?? '');
        return value === undefined ? [] : [`${inSentence(labelFromName(name))} ${String(value)}`];
      })
      .join(' · '),
  );
}

const isShort = (value: JsonValue | undefined): boolean =>
  value === undefined || (typeof value !== 'object' && String(value).length <= MOST_LETTERS);
