import type { ReactNode } from 'react';
import type { Size } from './mask-ops.ts';

interface MaskPreviewProps {
  readonly source: string;
  readonly mask: string;
  readonly size: Size;
}

/** The image with what is masked tinted, small. */
export function MaskPreview({ source, mask, size }: MaskPreviewProps): ReactNode {
  return (
    <div
      role="img"
      aria-label="The mask over its image"
      className="relative max-h-36 max-w-48 shrink-0 overflow-hidden rounded-md border border-line"
      style={{ aspectRatio: `${size.width} / ${size.height}`, width: (144 * size.width) / size.height }}
    >
      <img src={source} alt="" draggable={false} className="absolute inset-0 size-full" />
      <span
        className="absolute inset-0 bg-accent opacity-60"
        style={{ maskImage: `url("${mask}")`, maskMode: 'luminance', maskSize: '100% 100%' }}
      />
    </div>
  );
}
