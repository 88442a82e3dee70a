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

/** A picture of a result the size of a stamp, blurred where its model says that it should be. Decorative. */
export function FileThumb({ run, file, fit = 'cover', onUnreadable }: FileThumbProps): ReactNode {
  const covered = useCovered(run, file);
  return (
    <span className={cx('block size-full overflow-hidden', fit === 'cover' && 'bg-hover')}>
      <img
        src={mediaUrl(file)}
        alt=""
        loading="lazy"
        decoding="async"
        draggable={false}
        onError={onUnreadable}
        className={cx('size-full', fit === 'cover' ? 'object-cover' : 'object-contain', covered && 'blur-lg')}
      />
    </span>
  );
}
