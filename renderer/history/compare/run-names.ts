import { differencesOf } from '../../../shared/history/differences.ts';
import type { JsonValue } from '../../../shared/json.ts';
import type { Run } from '../../../shared/runs/run.ts';
import { inSentence, labelFromName } from '../../../shared/schema/labels.ts';
import { titleOf } from '../../viewers/title.ts';

/** Letters of a value in a name. */
const MOST_LETTERS = 24;
const MOST_PARTS = 2;

/** What tells each run from the others in a word or two: its model, else what its request has that the others have not, else its title. */
export function runNames(runs: readonly Run[]): readonly string[] {
  if (new Set(runs.map(({ endpointId }) => endpointId)).size > 1)
    return runs.map(({ endpointId }) => endpointId);
  const { differing } = differencesOf(runs.map(({ input }) => input));
  const short = differing.filter(({ values }) => values.every(isShort)).slice(0, MOST_PARTS);
  return runs.map((run, i) => {
    const parts = short.flatMap(({ path, values }) => {
      const value = values[i];
      const name = path.findLast((step) => typeof step === 'string') ?? '';
      return value === undefined ? [] : [`${inSentence(labelFromName(String(name)))} ${String(value)}`];
    });
    return parts.length === 0 ? titleOf(run) : parts.join(' · ');
  });
}

const isShort = (value: JsonValue | undefined): boolean =>
  value === undefined || (typeof value !== 'object' && String(value).length <= MOST_LETTERS);
