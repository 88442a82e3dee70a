import type { JsonObject, JsonValue } from '../../shared/json.ts';
import type { Run, StoredMedia } from '../../shared/runs/run.ts';

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
export const titleOf = (run: Run): string => textOf(run.input) ?? run.endpointId;

/** The address of a stored file on the app's own origin. */
export const mediaUrl = (media: Pick<StoredMedia, 'sha256'>): string => `/media/${media.sha256}`;

export const storedMedia = (run: Run): readonly StoredMedia[] =>
  run.media.filter((item) => item.kind === 'stored');
