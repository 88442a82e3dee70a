import { useCallback, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { isFlagged } from '../../shared/media/nsfw.ts';
import type { Run, StoredMedia } from '../../shared/runs/run.ts';
import { useUncovered } from '../stores/uncovered.ts';
import { cx } from '../ui/cx.ts';
import { Compare } from './compare.tsx';
import { Cover } from './cover.tsx';
import { dragOut } from './file-out.ts';
import { FileView } from './file-view.tsx';
import { ImageGrid } from './image-grid.tsx';
import { useInputPictures } from './input-pictures.ts';
import { PictureBar } from './picture-bar.tsx';
import type { Looking } from './picture-bar.tsx';
import { Checkers, PictureLayer } from './picture-layer.tsx';
import type { Ready } from './picture-layer.tsx';
import { pictureKey } from './picture-keys.ts';
import { mediaUrl } from './title.ts';
import { useCovered } from './use-covered.ts';
import { useFullView } from './use-full-view.ts';
import { useZoom } from './use-zoom.ts';
import { ZoomPane } from './zoom-pane.tsx';

interface PicturesViewProps {
  readonly run: Run;
  /** All of the run that can be drawn; at least the one in sight. */
  readonly pictures: readonly StoredMedia[];
  readonly picture: StoredMedia;
  readonly onPick: (picture: StoredMedia) => void;
}

/** The pictures of a result: one as large as the room allows, to be looked at closely; all; or one against its input. */
export function PicturesView(props: PicturesViewProps): ReactNode {
  const { run, pictures, picture, onPick } = props;
  const root = useRef<HTMLElement>(null);
  const [wish, setLooking] = useState<Looking>('one');
  const [full, setFull] = useState(false);
  const [ready, setReady] = useState<Ready | null>(null);
  const [unreadable, setUnreadable] = useState<ReadonlySet<string>>(new Set());
  const [compared, setCompared] = useState<string | null>(null);
  const inputs = useInputPictures(run.input);
  const input = inputs.find(({ sha256 }) => sha256 === compared) ?? inputs[0];
  const covered = useCovered(run, picture);
  const cover = useUncovered((state) => state.cover);
  const uncover = useUncovered((state) => state.uncover);
  const leave = useCallback(() => setFull(false), []);
  useFullView(root, full, leave);

  const frame = ready?.size ?? { width: picture.width ?? 1024, height: picture.height ?? 1024 };
  const zoom = useZoom(frame, full);
  const at = pictures.indexOf(picture);
  const pick = (index: number): void => {
    const next = pictures[index];
    if (next !== undefined) onPick(next);
  };
  // What can no longer be compared or laid out together is looked at by itself.
  const possible = wish === 'one' || (wish === 'grid' ? pictures.length > 1 : input !== undefined);
  const looking = possible ? wish : 'one';
  const broken = unreadable.has(picture.sha256);
  const closed = (covered || broken) && looking !== 'grid';
  const zooms = looking !== 'grid' && !closed;

  const onKeyDown = (event: KeyboardEvent): void => {
    const key = pictureKey(event, { zooms, moves: zoom.laid.moves });
    if (key === null) return;
    event.preventDefault();
    switch (key.kind) {
      case 'step':
        return zoom.step(key.direction);
      case 'fit':
        return zoom.fit();
      case 'full-size':
        return zoom.toFull();
      case 'move':
        return zoom.move(key.by);
      case 'picture':
        return pick(at + key.direction);
      case 'full-view':
        return setFull(!full);
    }
  };

  const layer = (
    <>
      <Checkers laid={zoom.laid} frame={frame} contentType={picture.contentType} />
      <PictureLayer
        src={mediaUrl(picture)}
        alt={`Result: ${picture.fileName}`}
        ready={ready}
        onReady={setReady}
        onUnreadable={() => setUnreadable((before) => new Set([...before, picture.sha256]))}
        onDragOut={(event) => void dragOut(event, picture)}
        sized={picture.width !== null && picture.height !== null}
        laid={zoom.laid}
        frame={frame}
      />
    </>
  );
  return (
    // The keys are those of whatever in it has the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={root}
      aria-label="Pictures of the result"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className={cx('flex min-h-0 flex-1 flex-col outline-hidden', full && 'fixed inset-0 z-30 bg-canvas')}
    >
      <PictureBar
        looking={looking}
        onLooking={setLooking}
        at={at}
        count={pictures.length}
        onAt={pick}
        inputs={closed ? [] : inputs}
        input={input}
        onInput={setCompared}
        zoom={closed ? null : zoom}
        full={full}
        onFull={setFull}
        onCover={!covered && isFlagged(run.output, picture.path) ? () => cover(run.id) : null}
      />
      {looking === 'grid' ? (
        <ImageGrid
          run={run}
          pictures={pictures}
          at={at}
          onOpen={(index) => {
            // The tile that was pressed is gone with the others.
            root.current?.focus({ preventScroll: true });
            pick(index);
            setLooking('one');
          }}
        />
      ) : broken ? (
        <FileView file={picture} trouble="unreadable" />
      ) : covered ? (
        <Cover
          what="picture"
          onUncover={() => {
            root.current?.focus({ preventScroll: true });
            uncover(run.id);
          }}
        >
          <img src={mediaUrl(picture)} alt="" draggable={false} className="size-full object-contain" />
        </Cover>
      ) : looking !== 'one' && input !== undefined ? (
        <Compare how={looking} input={input} result={layer} zoom={zoom} frame={frame} />
      ) : (
        <ZoomPane zoom={zoom} label="Picture">
          {layer}
        </ZoomPane>
      )}
    </section>
  );
}
