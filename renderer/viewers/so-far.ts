import type { RunPartial } from '../../shared/runs/run.ts';
import { textsIn } from './choose-viewer.ts';
import type { NamedText } from './choose-viewer.ts';
import { mediaUrl } from './title.ts';

export type SoFar =
  | { readonly kind: 'pictures'; readonly sources: readonly string[] }
  | { readonly kind: 'texts'; readonly texts: readonly NamedText[] };

/** What a run under way has brought to be seen; null where a partial only tells how far it is. */
export function soFarOf({ media, output }: Pick<RunPartial, 'media' | 'output'>): SoFar | null {
  const sources = media.flatMap((file) =>
    file.kind === 'stored' && file.medium === 'image' ? [mediaUrl(file)] : [],
  );
  if (sources.length > 0) return { kind: 'pictures', sources };
  const texts = textsIn(output, media.length > 0);
  return texts.length > 0 ? { kind: 'texts', texts } : null;
}
