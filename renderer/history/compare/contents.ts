import { assertNever } from '../../../shared/result.ts';
import type { Run, StoredMedia } from '../../../shared/runs/run.ts';
import { mainPart, partsOf } from '../../viewers/choose-viewer.ts';
import type { NamedText, Part } from '../../viewers/choose-viewer.ts';

/** What of a run is held against another: what is seen of it first, and all of that kind. */
export type Content =
  | { readonly kind: 'pictures'; readonly files: readonly StoredMedia[]; readonly main: number }
  | { readonly kind: 'film'; readonly file: StoredMedia }
  | { readonly kind: 'texts'; readonly texts: readonly NamedText[] }
  /** By its own viewer. */
  | { readonly kind: 'other' }
  /** It has brought nothing: it failed, or is under way. */
  | { readonly kind: 'nothing' };

export function contentOf(run: Run): Content {
  const parts = partsOf(run);
  const part = parts[mainPart(parts)];
  if (part === undefined) return { kind: 'nothing' };
  switch (part.kind) {
    case 'stored': {
      if (part.viewer === 'video') return { kind: 'film', file: part.file };
      if (part.viewer !== 'image') return { kind: 'other' };
      const files = parts.filter(isPicture).map(({ file }) => file);
      return { kind: 'pictures', files, main: files.indexOf(part.file) };
    }
    case 'texts':
      return { kind: 'texts', texts: part.texts };
    case 'remote':
    case 'tracks':
    case 'transcript':
    case 'json':
      return { kind: 'other' };
    default:
      return assertNever(part);
  }
}

const isPicture = (part: Part): part is Extract<Part, { kind: 'stored' }> =>
  part.kind === 'stored' && part.viewer === 'image';

/** All of one kind, each in its run's place; null where they are of several. */
export function allOf<K extends Content['kind']>(
  contents: readonly Content[],
  kind: K,
): readonly Extract<Content, { kind: K }>[] | null {
  const those = contents.filter((content): content is Extract<Content, { kind: K }> => content.kind === kind);
  return those.length === contents.length ? those : null;
}
