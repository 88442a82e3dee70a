import { useEffect, useMemo } from 'react';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { kindOfType } from '../../shared/media/kind.ts';
import { referencedSha } from '../../shared/media/reference.ts';
import { labelFromName, wordsOf } from '../../shared/schema/labels.ts';
import { useFiles } from '../stores/files.ts';
import { mediaUrl } from './title.ts';

export interface InputPicture {
  readonly sha256: string;
  readonly src: string;
  readonly contentType: string;
  /** What the request calls it: "Image URL", "Images 2". */
  readonly label: string;
}

interface NamedFile {
  readonly sha256: string;
  readonly label: string;
}

/** The files of this computer that a request names, each once, under the name of their property; masks are left out. */
export function filesNamed(input: JsonObject): readonly NamedFile[] {
  const found = new Map<string, string>();
  const visit = (value: JsonValue, name: string, place: number | null): void => {
    if (typeof value === 'string') {
      const sha256 = referencedSha(value);
      if (sha256 === null || found.has(sha256) || wordsOf(name).includes('mask')) return;
      found.set(sha256, place === null ? labelFromName(name) : `${labelFromName(name)} ${place + 1}`);
    } else if (Array.isArray(value)) value.forEach((item, i) => visit(item, name, i));
    else if (isJsonObject(value)) for (const [key, inner] of Object.entries(value)) visit(inner, key, place);
  };
  visit(input, '', null);
  return [...found].map(([sha256, label]) => ({ sha256, label }));
}

/** The pictures of a request that are kept here, so that what came of them can be held beside them. */
export function useInputPictures(input: JsonObject): readonly InputPicture[] {
  const named = useMemo(() => filesNamed(input), [input]);
  const facts = useFiles((state) => state.facts);
  const load = useFiles((state) => state.load);
  useEffect(() => {
    for (const { sha256 } of named) if (useFiles.getState().facts[sha256] === undefined) void load(sha256);
  }, [named, load]);
  return useMemo(
    () =>
      named.flatMap(({ sha256, label }) => {
        const contentType = facts[sha256]?.contentType ?? '';
        return kindOfType(contentType) === 'image'
          ? [{ sha256, label, contentType, src: mediaUrl({ sha256 }) }]
          : [];
      }),
    [named, facts],
  );
}
