import type { JsonObject, JsonValue } from '../json.ts';
import type { Run } from './run.ts';

const PROMPT_NAMES = ['prompt', 'text', 'input', 'lyrics', 'query', 'gen_text'];

/** What a request is about, in its person's own words; `undefined` where there are none. */
export function textOf(input: JsonObject): string | undefined {
  for (const name of PROMPT_NAMES) {
    const value: JsonValue | undefined = input[name];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

/** What a run was about: its words, else its model. */
export const titleOf = (run: Pick<Run, 'input' | 'endpointId'>): string =>
  textOf(run.input) ?? run.endpointId;
