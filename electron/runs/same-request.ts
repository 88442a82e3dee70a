import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { referencedSha } from '../../shared/media/reference.ts';

/**
 * Whether `sent` may be what fal was sent of `input`: equal in every place, but for the files of this computer. A row
 * has them by their names and fal by the addresses they were uploaded to, which no row keeps.
 */
export function mayBeSentAs(input: JsonValue | undefined, sent: JsonValue | undefined): boolean {
  if (typeof input === 'string' && referencedSha(input) !== null)
    return typeof sent === 'string' && /^https?:\/\//i.test(sent);
  if (input === sent) return true;
  if (Array.isArray(input) && Array.isArray(sent))
    return input.length === sent.length && input.every((item, i) => mayBeSentAs(item, sent[i]));
  if (!isJsonObject(input) || !isJsonObject(sent)) return false;
  const keys = Object.keys(input);
  return (
    keys.length === Object.keys(sent).length &&
    keys.every((key) => Object.hasOwn(sent, key) && mayBeSentAs(input[key], sent[key]))
  );
}
