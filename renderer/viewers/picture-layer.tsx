import { useEffect, useRef } from 'react';
import type { CSSProperties, DragEvent, ReactNode } from 'react';
import { cx } from '../ui/cx.ts';
import type { Laid, Size } from './zoom.ts';

/** A picture that can be shown at once, and its own size in pixels. */
export interface Ready {
  readonly src: string;
  readonly size: Size;
}

interface PictureLayerProps {
  readonly src: string;
  readonly alt: string;
  /** The one in sight, which stays until the next is decoded. */
  readonly ready: Ready | null;
  readonly onReady: (ready: Ready) => void;
  readonly onUnreadable: () => void;
  /** Where it lies, and the size it is laid out at: its own, once that is known. */
  readonly laid: Laid;
  readonly frame: Size;
  /** That size is known beforehand, so that the first picture may be seen as it comes. */
  readonly sized: boolean;
  readonly style?: CSSProperties;
  /** Takes the picture elsewhere by the pointer, where that does not move it about. */
  readonly onDragOut?: ((event: DragEvent) => void) | undefined;
}

/** Screen pixels a pixel of the picture, from which on each is shown as the square it is. */
const SQUARES_FROM = 3;
/** The size Chromium itself gives a picture that has none, which only a drawing may lack. */
const UNSIZED: Size = { width: 300, height: 150 };

/** One picture in a room. It is laid out once at its own size; all else is a transform, so that no zoom decodes it anew. */
export function PictureLayer(props: PictureLayerProps): ReactNode {
  const { src, alt, ready, onReady, onUnreadable, laid, frame, sized, style, onDragOut } = props;
  const wanted = useRef(src);
  useEffect(() => {
    wanted.current = src;
  }, [src]);
  const decode = async (image: HTMLImageElement, one: string): Promise<void> => {
    const decoded = await image.decode().then(
      () => true,
      () => false,
    );
    if (wanted.current !== one) return;
    if (!decoded) return onUnreadable();
    const { naturalWidth: width, naturalHeight: height } = image;
    onReady({ src: one, size: width > 0 && height > 0 ? { width, height } : UNSIZED });
  };
  const pixelated = laid.scale * window.devicePixelRatio > SQUARES_FROM;
  return [...new Set([ready?.src ?? src, src])].map((one) => {
    const shown = one === ready?.src || (ready === null && sized);
    return (
      // Taken elsewhere by the pointer alone; saving and showing in the folder are there for the keys.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
      <img
        key={one}
        src={one}
        alt={shown ? alt : ''}
        decoding="async"
        draggable={onDragOut !== undefined && !laid.moves}
        onDragStart={onDragOut}
        onLoad={(event) => {
          if (one !== ready?.src) void decode(event.currentTarget, one);
        }}
        onError={() => {
          if (wanted.current === one) onUnreadable();
        }}
        width={frame.width}
        height={frame.height}
        style={{
          ...style,
          width: frame.width,
          height: frame.height,
          transform: `translate(${laid.left}px, ${laid.top}px) scale(${laid.scale})`,
          imageRendering: pixelated ? 'pixelated' : 'auto',
        }}
        className={cx(
          'absolute top-0 left-0 max-w-none origin-top-left object-contain',
          !shown && 'invisible',
        )}
      />
    );
  });
}

/** What shows through a picture: squares that keep their size at every zoom, none under a kind that hides everything. */
export function Checkers({
  laid,
  frame,
  contentType,
}: {
  readonly laid: Laid;
  readonly frame: Size;
  readonly contentType: string;
}): ReactNode {
  if (contentType === 'image/jpeg' || contentType === 'image/bmp') return null;
  return (
    <div
      aria-hidden
      // A little smaller than the picture, whose edge lies between two pixels as often as not.
      style={{
        left: laid.left + 1,
        top: laid.top + 1,
        width: Math.max(0, frame.width * laid.scale - 2),
        height: Math.max(0, frame.height * laid.scale - 2),
      }}
      className="checkers absolute"
    />
  );
}
