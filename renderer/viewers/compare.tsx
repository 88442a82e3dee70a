import { useState } from 'react';
import type { ReactNode } from 'react';
import type { InputPicture } from './input-pictures.ts';
import { Checkers, PictureLayer } from './picture-layer.tsx';
import type { Ready } from './picture-layer.tsx';
import type { Zoom } from './use-zoom.ts';
import { Tag, Wipe } from './wipe.tsx';
import { layWithin } from './zoom.ts';
import type { Size } from './zoom.ts';
import { ZoomPane } from './zoom-pane.tsx';

interface CompareProps {
  readonly how: 'beside' | 'over';
  readonly input: InputPicture;
  /** The result's own layer, and what shows through it. */
  readonly result: ReactNode;
  readonly zoom: Zoom;
  /** The result's size: the input is laid out in the same frame, so that what belongs together lies together. */
  readonly frame: Size;
}

/** A result held against what it was made of: side by side, or one over the other with an edge between them to move. */
export function Compare({ how, input, result, zoom, frame }: CompareProps): ReactNode {
  const [ready, setReady] = useState<Ready | null>(null);
  const own = ready?.size ?? frame;
  const laid = layWithin(zoom.laid, frame, own);
  const before = (
    <>
      <Checkers laid={laid} frame={own} contentType={input.contentType} />
      <PictureLayer
        src={input.src}
        alt={`Input: ${input.label}`}
        ready={ready}
        onReady={setReady}
        onUnreadable={() => setReady(null)}
        sized={false}
        laid={laid}
        frame={own}
      />
    </>
  );
  return how === 'beside' ? (
    <div className="flex min-h-0 flex-1 gap-px">
      <ZoomPane zoom={zoom} label="Input">
        {before}
        <Tag side="left">Input</Tag>
      </ZoomPane>
      <ZoomPane zoom={zoom} label="Result">
        {result}
        <Tag side="right">Result</Tag>
      </ZoomPane>
    </div>
  ) : (
    <Wipe zoom={zoom} names={['Input', 'Result']} before={before} after={result} />
  );
}
