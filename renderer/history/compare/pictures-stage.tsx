import { useState } from 'react';
import type { ReactNode } from 'react';
import { isFlagged } from '../../../shared/media/nsfw.ts';
import type { Run, StoredMedia } from '../../../shared/runs/run.ts';
import { useStorage } from '../../stores/storage.ts';
import { useUncovered } from '../../stores/uncovered.ts';
import { FileView } from '../../viewers/file-view.tsx';
import { Checkers, PictureLayer } from '../../viewers/picture-layer.tsx';
import type { Ready } from '../../viewers/picture-layer.tsx';
import { mediaUrl } from '../../viewers/title.ts';
import { Wipe } from '../../viewers/wipe.tsx';
import type { Zoom } from '../../viewers/use-zoom.ts';
import { layWithin } from '../../viewers/zoom.ts';
import type { Size } from '../../viewers/zoom.ts';
import { ZoomPane } from '../../viewers/zoom-pane.tsx';
import { DifferenceView } from './difference-view.tsx';
import { Heads, Panes } from './panes.tsx';
import type { PictureMode } from './picture-mode.ts';
import { RunHead } from './run-head.tsx';
import { Veil } from './veil.tsx';

/** A run's picture that is in sight, and all there are to choose from. */
export interface Shown {
  readonly run: Run;
  readonly name: string;
  readonly file: StoredMedia;
  readonly at: number;
  readonly count: number;
}

interface PicturesStageProps {
  readonly shown: readonly Shown[];
  readonly mode: PictureMode;
  readonly front: number | null;
  readonly onFront: (index: number) => void;
  readonly onAt: (index: number, at: number) => void;
  readonly sizes: Readonly<Record<string, Ready>>;
  readonly onSize: (ready: Ready) => void;
  readonly frame: Size;
  readonly zoom: Zoom;
}

/** Pictures beside, over or subtracted from each other, all moved as one. */
export function PicturesStage(props: PicturesStageProps): ReactNode {
  const { shown, mode, front, onFront, onAt, sizes, onSize, frame, zoom } = props;
  const asked = useUncovered((state) => state.runs);
  const uncover = useUncovered((state) => state.uncover);
  // One that was downloaded again has another address, and no trouble any more.
  useStorage((state) => state.troubles);
  const [broken, setBroken] = useState<ReadonlySet<string>>(new Set());
  const markBroken = (file: StoredMedia): void => setBroken((before) => new Set([...before, mediaUrl(file)]));
  const covered = ({ run, file }: Shown): boolean => !asked.has(run.id) && isFlagged(run.output, file.path);

  const heads = shown.map(({ run, name, at, count }, index) => (
    <RunHead
      key={run.id}
      index={index}
      name={name}
      front={front === index}
      onFront={() => onFront(index)}
      files={{ at, count, onAt: (next) => onAt(index, next) }}
    />
  ));
  const layer = ({ file, name }: Shown, index: number): ReactNode => {
    const src = mediaUrl(file);
    const ready = sizes[src] ?? null;
    const own = ready?.size ?? frame;
    const laid = layWithin(zoom.laid, frame, own);
    return (
      <>
        <Checkers laid={laid} frame={own} contentType={file.contentType} />
        <PictureLayer
          src={src}
          alt={`${index + 1}: ${name}`}
          ready={ready}
          onReady={onSize}
          onUnreadable={() => markBroken(file)}
          sized={file.width !== null && file.height !== null}
          laid={laid}
          frame={own}
        />
      </>
    );
  };
  const room = (one: Shown, index: number): ReactNode => {
    if (broken.has(mediaUrl(one.file))) return <FileView file={one.file} trouble="unreadable" />;
    if (covered(one))
      return (
        <Veil label={`Show ${index + 1}`} onUncover={() => uncover(one.run.id)}>
          <img
            src={mediaUrl(one.file)}
            alt=""
            draggable={false}
            onError={() => markBroken(one.file)}
            className="size-full object-contain"
          />
        </Veil>
      );
    return (
      <ZoomPane zoom={zoom} label={`Picture ${index + 1}`}>
        {layer(one, index)}
      </ZoomPane>
    );
  };

  const [first, second] = shown;
  const both = mode !== 'beside' && front === null && first !== undefined && second !== undefined;
  // What cannot be seen itself is not seen through another either.
  if (both && !shown.some((one) => covered(one) || broken.has(mediaUrl(one.file))))
    return (
      <div className="flex min-h-0 flex-1 flex-col">
        <Heads heads={heads} />
        {mode === 'wipe' ? (
          <Wipe zoom={zoom} names={['1', '2']} before={layer(first, 0)} after={layer(second, 1)} />
        ) : (
          <DifferenceView a={mediaUrl(first.file)} b={mediaUrl(second.file)} frame={frame} zoom={zoom} />
        )}
      </div>
    );
  return (
    <Panes
      heads={heads}
      front={front}
      // A room that is not in sight has no size to lay anything out in.
      panes={shown.map((one, index) => (front === null || front === index ? room(one, index) : null))}
    />
  );
}

/** The frame they are all laid out in: the largest of them. */
export function largestOf(sizes: readonly Size[]): Size {
  return sizes.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a), { width: 1, height: 1 });
}
