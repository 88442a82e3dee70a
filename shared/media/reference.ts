import { isJsonObject } from '../json.ts';
import type { JsonObject, JsonValue } from '../json.ts';

/** How a request or a row names a file of this computer: by the hash of its content. */
export function mediaReference(sha256: string): string {
  return `media:${sha256}`;
}

/** The hash in `media:<sha256>`; null for every other text. */
export function referencedSha(text: string): string | null {
  return /^media:([0-9a-f]{64})$/.exec(text)?.[1] ?? null;
}

/** The hashes of all files a request names, wherever they stand, each once and in their order. */
export function referencedShas(value: JsonValue): readonly string[] {
  const found = new Set<string>();
  const visit = (inner: JsonValue): void => {
    if (typeof inner === 'string') {
      const sha256 = referencedSha(inner);
      if (sha256 !== null) found.add(sha256);
    } else if (Array.isArray(inner)) inner.forEach(visit);
    else if (isJsonObject(inner)) Object.values(inner).forEach(visit);
  };
  visit(value);
  return [...found];
}

/** The request without the texts that are to stay here, wherever they stand; what held them stays. */
export function withoutTexts(input: JsonObject, staysHere: (text: string) => boolean): JsonObject {
  const stays = (value: JsonValue): boolean => typeof value === 'string' && staysHere(value);
  const within = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.filter((item) => !stays(item)).map(within);
    return isJsonObject(value) ? inObject(value) : value;
  };
  const inObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(object).flatMap(([key, value]) => (stays(value) ? [] : [[key, within(value)]])),
    );
  return inObject(input);
}

/** The request as another computer can read it: what names a file of this one is left out. */
export const withoutLocalFiles = (input: JsonObject): JsonObject =>
  withoutTexts(input, (text) => referencedSha(text) !== null);

/** The request with each named file's address in the place of its name. */
export function withAddresses(input: JsonObject, addresses: ReadonlyMap<string, string>): JsonObject {
  const replaced = (value: JsonValue): JsonValue => {
    if (typeof value === 'string') {
      const sha256 = referencedSha(value);
      return (sha256 === null ? undefined : addresses.get(sha256)) ?? value;
    }
    if (Array.isArray(value)) return value.map(replaced);
    return isJsonObject(value) ? inObject(value) : value;
  };
  const inObject = (object: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(object).map(([key, inner]) => [key, replaced(inner)]));
  return inObject(input);
}
