import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import { PictureSwap } from './picture-swap.ts';

/** Pixels: a preview is small, and shown larger than this it is only blur. */
const LARGEST = 1024;

interface PreviewPictureProps {
  readonly src: string;
  readonly label: string;
  /** Blurred: its model marked it, and nobody has asked to see it. */
  readonly covered: boolean;
}

/** The newest preview of one picture; what is shown is drawn past React, each decoded before it takes its place. */
export function PreviewPicture({ src, label, covered }: PreviewPictureProps): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const swap = useRef<PictureSwap>(null);
  useEffect(() => {
    swap.current ??= new PictureSwap((picture) => {
      picture.alt = label;
      picture.draggable = false;
      picture.className = 'size-full rounded-md object-contain';
      place.current?.replaceChildren(picture);
    });
    swap.current.want(src);
  }, [src, label]);
  return (
    <div
      title={covered ? 'The model marked this picture as not safe for work' : undefined}
      className="mx-auto size-full min-h-0 overflow-hidden"
      style={{ maxWidth: LARGEST }}
    >
      <div ref={place} className={cx('size-full', covered && 'blur-3xl')} />
    </div>
  );
}
