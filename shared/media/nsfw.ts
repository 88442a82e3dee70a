import { isJsonObject } from '../json.ts';
import type { JsonValue } from '../json.ts';

/**
 * Names under which models say that what they made is not for every eye: `has_nsfw_concepts` of most image models, for each
 * picture of a list or for the one there is; `nsfw_content_detected` of the oldest; `moderation_flagged` of avatars.
 */
const FLAG = /^((has_|is_)?nsfw(_concepts?|_content)?(_detected)?|moderation_flagged)$/;

/**
 * Whether the output says so of its file at `path`. A flag counts for all that lies in the object it stands in; of a list of
 * flags the one of the file's own place does, and any where the file has no place of its own.
 */
export function isFlagged(output: JsonValue, path: readonly (string | number)[]): boolean {
  let value: JsonValue | undefined = output;
  for (let depth = 0; ; depth += 1) {
    if (isJsonObject(value)) {
      const place = path.slice(depth).find((step) => typeof step === 'number');
      for (const [name, flag] of Object.entries(value)) if (FLAG.test(name) && says(flag, place)) return true;
    }
    const step = path[depth];
    if (step === undefined) return false;
    if (Array.isArray(value) && typeof step === 'number') value = value[step];
    else if (isJsonObject(value) && typeof step === 'string' && Object.hasOwn(value, step))
      value = value[step];
    else return false;
  }
}

function says(flag: JsonValue, place: number | undefined): boolean {
  if (!Array.isArray(flag)) return flag === true;
  return place === undefined ? flag.includes(true) : flag[place] === true;
}
