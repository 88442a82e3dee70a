import { isFlagged } from '../../shared/media/nsfw.ts';
import type { RunPartial } from '../../shared/runs/run.ts';
import { textsIn } from './choose-viewer.ts';
import type { NamedText } from './choose-viewer.ts';
import { mediaUrl } from './title.ts';

export interface SoFarPicture {
  readonly src: string;
  /** The model marked it as not for every eye. */
  readonly flagged: boolean;
}

export type SoFar =
  | { readonly kind: 'pictures'; readonly pictures: readonly SoFarPicture[] }
  | { readonly kind: 'texts'; readonly texts: readonly NamedText[] };

/** What a run under way has brought to be seen; null where a partial only tells how far it is. */
export function soFarOf({ media, output }: Pick<RunPartial, 'media' | 'output'>): SoFar | null {
  const pictures = media.flatMap((file) =>
    file.kind === 'stored' && file.medium === 'image'
      ? [{ src: mediaUrl(file), flagged: isFlagged(output, file.path) }]
      : [],
  );
  if (pictures.length > 0) return { kind: 'pictures', pictures };
  const texts = textsIn(output, media.length > 0);
  return texts.length > 0 ? { kind: 'texts', texts } : null;
}
