import { AudioLines, Box, File, FileX, Film, Image } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RunCard } from '../../shared/history/card.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { MOST_PIXELS } from '../small/make-small.ts';
import type { SmallState } from '../small/small-line.ts';
import { smallPictures, useSmall } from '../small/small-pictures.ts';
import { useUncovered } from '../stores/uncovered.ts';
import { cx } from '../ui/cx.ts';
import { mediaUrl } from './title.ts';

type Thumb = NonNullable<RunCard['thumb']>;

interface SmallPictureProps {
  /** The run it is of: what its model marked stays blurred until it is asked for, run by run. */
  readonly run: RunId;
  readonly file: Thumb;
  /** Whether the picture fills the place or is whole in it. */
  readonly fit?: 'cover' | 'contain';
}

const ICONS = { image: Image, video: Film, audio: AudioLines, model: Box, file: File } as const;
/** Bytes up to which a picture itself is shown until there is a small one. */
const SMALL_ENOUGH = 2_000_000;

/** A file as lists show it: its small picture, made when there is none yet, or a sign of what it is. Decorative. */
export function SmallPicture({ run, file, fit = 'cover' }: SmallPictureProps): ReactNode {
  const { state, address } = useSmall(file, file.small);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const asked = useUncovered((uncovered) => uncovered.runs.has(run));
  const src = state === 'made' ? address : sourceOf(file, state);
  if (src === null || src === unreadable) return <Sign file={file} state={state} />;
  return (
    <span className={cx('block size-full overflow-hidden', fit === 'cover' && 'bg-hover')}>
      <img
        src={src}
        alt=""
        decoding="async"
        draggable={false}
        onError={() => {
          setUnreadable(src);
          if (src === address) smallPictures.lost(file.sha256);
        }}
        className={cx(
          'size-full',
          // A sound is not cut off at its ends.
          fit === 'cover' && file.medium !== 'audio' ? 'object-cover' : 'object-contain',
          file.flagged && !asked && 'blur-2xl',
        )}
      />
    </span>
  );
}

/** The picture itself while there is no small one and it costs little; null for a sign. */
function sourceOf(file: Thumb, state: SmallState | undefined): string | null {
  if (file.medium !== 'image' || file.bytes > SMALL_ENOUGH || state === 'missing') return null;
  if ((file.width ?? 0) * (file.height ?? 0) > MOST_PIXELS) return null;
  // A drawing is its own small picture; of any other that cannot be made small there is nothing to show.
  return state === 'impossible' && file.contentType !== 'image/svg+xml' ? null : mediaUrl(file);
}

function Sign({ file, state }: { readonly file: Thumb; readonly state: SmallState | undefined }): ReactNode {
  const Icon = state === 'missing' ? FileX : ICONS[file.medium];
  return (
    <span className="flex size-full flex-col items-center justify-center gap-1 bg-hover text-faint">
      <Icon size={20} strokeWidth={1.5} aria-hidden />
      {state === 'missing' && <span className="text-xs">Not here</span>}
    </span>
  );
}
