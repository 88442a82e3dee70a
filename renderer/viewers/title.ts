import type { JsonValue } from '../../shared/json.ts';
import type { Run, StoredMedia } from '../../shared/runs/run.ts';

const PROMPT_NAMES = ['prompt', 'text', 'input', 'lyrics', 'query', 'gen_text'];

/** What a run was about, in its person's own words where there are any. */
export function titleOf(run: Run): string {
  for (const name of PROMPT_NAMES) {
    const value: JsonValue | undefined = run.input[name];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return run.endpointId;
}

/** The address of a stored file on the app's own origin. */
export const mediaUrl = (media: Pick<StoredMedia, 'sha256'>): string => `/media/${media.sha256}`;

export const storedMedia = (run: Run): readonly StoredMedia[] =>
  run.media.filter((item) => item.kind === 'stored');
