import type { ReactNode } from 'react';
import type { Run, StoredMedia } from '../../shared/runs/run.ts';
import { cx } from '../ui/cx.ts';
import { mediaUrl } from './title.ts';
import { useCovered } from './use-covered.ts';

interface FileThumbProps {
  readonly run: Run;
  readonly file: StoredMedia;
  /** Whether the picture fills the place or is whole in it. */
  readonly fit?: 'cover' | 'contain';
  readonly onUnreadable?: () => void;
}

/** A picture of a result, or the first frame of a video, the size of a stamp, blurred where its model says that it should be. Decorative. */
export function FileThumb({ run, file, fit = 'cover', onUnreadable }: FileThumbProps): ReactNode {
  const covered = useCovered(run, file);
  const look = cx('size-full', fit === 'cover' ? 'object-cover' : 'object-contain', covered && 'blur-lg');
  return (
    <span className={cx('block size-full overflow-hidden', fit === 'cover' && 'bg-hover')}>
      {file.medium === 'video' ? (
        <video
          // A little way in: many begin with black.
          src={`${mediaUrl(file)}#t=0.1`}
          muted
          preload="metadata"
          tabIndex={-1}
          aria-hidden
          onError={onUnreadable}
          className={look}
        />
      ) : (
        <img
          src={mediaUrl(file)}
          alt=""
          loading="lazy"
          decoding="async"
          draggable={false}
          onError={onUnreadable}
          className={look}
        />
      )}
    </span>
  );
}
