import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { isJsonObject, stringifyJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { RunMedia } from '../../shared/runs/run.ts';
import { saveMedia } from './save-media.ts';
import type { FetchFile, SavedOutput } from './save-media.ts';

/** Characters of JSON that stand in a row: each time a run is told or shown, all of them go to the window. */
const MOST = 4 * 2 ** 20;

/** Whether an output is longer than a row takes. Counts no further than that. */
export function isLarge(output: JsonValue, most = MOST): boolean {
  let left = most;
  const count = (value: JsonValue): boolean => {
    left -= typeof value === 'string' ? value.length : 8;
    if (left < 0) return true;
    if (Array.isArray(value)) return value.some((inner: JsonValue) => count(inner));
    if (!isJsonObject(value)) return false;
    return Object.entries(value).some(([key, inner]) => {
      left -= key.length;
      return count(inner);
    });
  };
  return count(output);
}

export interface Shortened extends SavedOutput {
  /** Characters that stand in a file instead of the row; 0 where the output itself is short enough. */
  readonly setAside: number;
}

/**
 * A large output as a row takes it: with its files on this computer, and where it is still too long in a file of its own.
 */
export async function shortened(
  output: JsonValue,
  fetchFile: FetchFile,
): Promise<Result<Shortened, AppError>> {
  const saved = await saveMedia(output, fetchFile, () => Promise.resolve());
  if (!isLarge(saved.output)) return ok({ ...saved, setAside: 0 });
  const text = stringifyJson(saved.output);
  const bytes = Buffer.from(text);
  const file = await fetchFile(
    `data:application/json;base64,${bytes.toString('base64')}`,
    'application/json',
  );
  if (!file.ok)
    return fail(
      appError('storage', 'The output is too large to be kept', {
        detail: `${text.length} characters of JSON. ${file.error.title}.`,
        hint: 'Make room on the disk. fal keeps results for a limited time: attach to the request again by its id.',
      }),
    );
  const whole: RunMedia = {
    kind: 'stored',
    path: [],
    medium: 'file',
    sha256: file.value.sha256,
    contentType: file.value.contentType,
    bytes: file.value.bytes,
    width: null,
    height: null,
    fileName: 'output.json',
    url: '',
  };
  return ok({ output: null, media: [...saved.media, whole], setAside: text.length });
}
