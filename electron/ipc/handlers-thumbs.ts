import type { SmallPictures } from '../history/small-pictures.ts';
import type { Handlers } from './bind.ts';

type ThumbHandlers = Pick<Handlers, Extract<keyof Handlers, `thumbs.${string}`>>;

/** The small pictures the window makes. */
export function thumbHandlers(small: SmallPictures): ThumbHandlers {
  return { 'thumbs.put': ({ sha256, bytes }) => small.put(sha256, bytes) };
}
