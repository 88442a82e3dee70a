import { Maximize2, Minimize2, Repeat, StepBack, StepForward } from 'lucide-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode } from 'react';
import { isFlagged } from '../../shared/media/nsfw.ts';
import { moment } from '../../shared/media/transcript.ts';
import type { Run, StoredMedia } from '../../shared/runs/run.ts';
import { useUncovered } from '../stores/uncovered.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { Slider } from '../ui/slider.tsx';
import { usePlayer } from './audio/use-player.ts';
import type { Player } from './audio/use-player.ts';
import { Cover } from './cover.tsx';
import { FileView } from './file-view.tsx';
import { MuteButton, PlayButton, SpeedSelect } from './player-controls.tsx';
import { mediaUrl } from './title.ts';
import { useCovered } from './use-covered.ts';
import { useFullView } from './use-full-view.ts';
import { fpsBetween, fpsOf, frameBeside, USUAL_FPS } from './video-frames.ts';

/** Seconds by an arrow key. */
const LEAP = 1;

interface VideoViewerProps {
  readonly run: Run;
  readonly file: StoredMedia;
  /** What stands for the film until it plays; its first frame if not given. */
  readonly poster: StoredMedia | undefined;
}

/** A video as large as the room allows, to be seen frame by frame; what cannot be played here is still a file. */
export function VideoViewer({ run, file, poster }: VideoViewerProps): ReactNode {
  const [unreadable, setUnreadable] = useState(false);
  const covered = useCovered(run, file);
  const uncover = useUncovered((state) => state.uncover);
  const [asked, setAsked] = useState(false);
  const show = (): void => {
    setAsked(true);
    uncover(run.id);
  };
  if (unreadable) return <FileView file={file} trouble="unreadable" />;
  if (covered)
    return (
      <Cover what="video" onUncover={show}>
        <video
          src={mediaUrl(file)}
          muted
          preload="metadata"
          tabIndex={-1}
          className="size-full object-contain"
        />
      </Cover>
    );
  return <Film run={run} file={file} poster={poster} focused={asked} onError={() => setUnreadable(true)} />;
}

interface FilmProps extends VideoViewerProps {
  /** It takes the place of a button that had the focus. */
  readonly focused: boolean;
  readonly onError: () => void;
}

function Film({ run, file, poster, focused, onError }: FilmProps): ReactNode {
  const player = usePlayer();
  const { bind, playing, duration, control } = player;
  const root = useRef<HTMLElement>(null);
  const film = useRef<HTMLVideoElement>(null);
  const [full, setFull] = useState(false);
  const [muted, setMuted] = useState(false);
  const [loop, setLoop] = useState(true);
  const cover = useUncovered((state) => state.cover);
  const measuredFps = useFps(film);
  const leave = useCallback(() => setFull(false), []);
  useFullView(root, full, leave);
  useEffect(() => {
    if (focused) root.current?.focus();
  }, [focused]);
  const attach = useCallback(
    (element: HTMLVideoElement) => {
      film.current = element;
      return bind(element);
    },
    [bind],
  );

  const step = (direction: 1 | -1): void => {
    if (duration === null) return;
    if (playing) control.toggle();
    const fps = fpsOf(run.output, file.path) ?? measuredFps.current ?? USUAL_FPS;
    control.seek(frameBeside(control.now(), direction, fps, duration));
  };
  const keys: Readonly<Record<string, () => void>> = {
    ' ': control.toggle,
    ',': () => step(-1),
    '.': () => step(1),
    m: () => setMuted(!muted),
    l: () => setLoop(!loop),
    f: () => setFull(!full),
    ArrowLeft: () => control.seek(control.now() - LEAP),
    ArrowRight: () => control.seek(control.now() + LEAP),
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const own =
      event.target instanceof Element && event.target.closest('button, input, [role="slider"]') !== null;
    // On a button the bar presses it, and on a slider the arrows move it.
    if (own && (event.key === ' ' || event.key.startsWith('Arrow'))) return;
    const action = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (action === undefined) return;
    event.preventDefault();
    action();
  };
  return (
    // The keys are those of whatever in it has the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={root}
      aria-label={`Video: ${file.fileName}`}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      className={cx('flex min-h-0 flex-1 flex-col outline-hidden', full && 'fixed inset-0 z-30 bg-canvas')}
    >
      <div className={cx('flex min-h-0 flex-1 items-center justify-center', full ? 'p-2' : 'p-4 pb-2')}>
        {/* What a model makes comes without captions. */}
        {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
        <video
          ref={attach}
          src={mediaUrl(file)}
          poster={poster && mediaUrl(poster)}
          onError={onError}
          onClick={control.toggle}
          loop={loop}
          muted={muted}
          playsInline
          preload="auto"
          aria-label={`Result: ${file.fileName}`}
          className={cx('max-h-full max-w-full', full && 'size-full object-contain')}
        />
      </div>
      <div className="mx-auto w-full max-w-3xl shrink-0 px-4 pb-1">
        <SeekBar player={player} film={film} name={file.fileName} />
        <div className="flex flex-wrap items-center gap-1">
          <PlayButton player={player} />
          <IconButton label="One frame back" shortcut="," onClick={() => step(-1)}>
            <StepBack size={14} aria-hidden />
          </IconButton>
          <IconButton label="One frame on" shortcut="." onClick={() => step(1)}>
            <StepForward size={14} aria-hidden />
          </IconButton>
          <span className="grow" />
          {isFlagged(run.output, file.path) && (
            <Button look="quiet" className="h-7 px-2" onClick={() => cover(run.id)}>
              Blur it again
            </Button>
          )}
          <SpeedSelect player={player} slowest={0.25} className="h-7 w-20" />
          <IconButton
            label="Again and again"
            shortcut="L"
            aria-pressed={loop}
            onClick={() => setLoop(!loop)}
            className={cx(loop && 'bg-hover text-text')}
          >
            <Repeat size={14} aria-hidden />
          </IconButton>
          <MuteButton muted={muted} onChange={setMuted} shortcut="M" />
          <IconButton
            label={full ? 'Leave full view' : 'Full view'}
            shortcut={full ? 'Esc' : 'F'}
            onClick={() => setFull(!full)}
          >
            {full ? <Minimize2 size={14} aria-hidden /> : <Maximize2 size={14} aria-hidden />}
          </IconButton>
        </div>
      </div>
    </section>
  );
}

interface SeekBarProps {
  readonly player: Player;
  readonly film: { readonly current: HTMLVideoElement | null };
  readonly name: string;
}

/** Where the film is, frame by frame, and the way to elsewhere. */
function SeekBar({ player, film, name }: SeekBarProps): ReactNode {
  const { time, duration, control } = player;
  const [seen, setSeen] = useState(0);
  useEffect(() => {
    const { current } = film;
    if (current === null) return;
    let handle = 0;
    const show = (): void => {
      setSeen(current.currentTime);
      handle = current.requestVideoFrameCallback(show);
    };
    show();
    return () => current.cancelVideoFrameCallback(handle);
  }, [film]);
  const end = duration ?? 0;
  // A film that stands tells of no frames, but of where it was taken to.
  const at = Math.min(player.playing ? seen : time, end);
  return (
    <div className="flex items-center gap-3">
      <Slider
        label={`Position in ${name}`}
        value={at}
        min={0}
        max={end === 0 ? 1 : end}
        step={0.01}
        largeStep={LEAP}
        valueText={`${moment(at)} of ${moment(end)}`}
        onChange={control.seek}
      />
      <span className="tabular text-soft">
        {at.toFixed(2)} / {duration === null ? '–' : `${end.toFixed(2)} s`}
      </span>
    </div>
  );
}

/** Frames a second as the film's own frames tell while it plays. */
function useFps(film: { readonly current: HTMLVideoElement | null }): { readonly current: number | null } {
  const fps = useRef<number | null>(null);
  useEffect(() => {
    const { current } = film;
    if (current === null) return;
    let handle = 0;
    let before = -1;
    const look: VideoFrameRequestCallback = (_now, { mediaTime }) => {
      const told = before < 0 ? null : fpsBetween(before, mediaTime);
      // Frames that were passed over make it look slower than it is.
      if (told !== null) fps.current = Math.max(fps.current ?? 0, told);
      before = mediaTime;
      handle = current.requestVideoFrameCallback(look);
    };
    handle = current.requestVideoFrameCallback(look);
    return () => current.cancelVideoFrameCallback(handle);
  }, [film]);
  return fps;
}
