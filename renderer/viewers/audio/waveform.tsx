import { useEffect, useMemo, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react';
import { moment } from '../../../shared/media/transcript.ts';
import { cx } from '../../ui/cx.ts';
import { barsOf } from './peaks.ts';
import { readPeaks } from './read-peaks.ts';
import type { Player } from './use-player.ts';

/** Bars of the picture, whatever its width. */
const BARS = 240;
/** Seconds an arrow key goes. */
const STEP = 2;

interface WaveformProps {
  readonly player: Player;
  /** What is heard, for the slider's name. */
  readonly name: string;
  readonly src: string;
  readonly bytes: number;
  readonly className: string;
}

/** How loud a sound is over its time, and where it plays: a slider. A plain line where the sound is too long to be drawn. */
export function Waveform({ player, name, src, bytes, className }: WaveformProps): ReactNode {
  const { duration, time, control } = player;
  const bars = useBars(src, bytes, duration);
  const played = useRef<HTMLDivElement>(null);
  usePlayed(player, played);
  const toPointer = (event: PointerEvent<HTMLDivElement>): void => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    if (duration !== null && width > 0) control.seek(((event.clientX - left) / width) * duration);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = duration === null ? undefined : keyTarget(event.key, time, duration);
    if (event.key === ' ') control.toggle();
    else if (to === undefined) return;
    else control.seek(to);
    event.preventDefault();
  };
  return (
    <div
      role="slider"
      tabIndex={0}
      aria-label={`Position in ${name}`}
      aria-valuemin={0}
      aria-valuemax={Math.round(duration ?? 0)}
      aria-valuenow={Math.round(Math.min(time, duration ?? 0))}
      aria-valuetext={duration === null ? 'not known yet' : `${moment(time)} of ${moment(duration)}`}
      aria-disabled={duration === null}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        toPointer(event);
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) toPointer(event);
      }}
      className={cx('relative min-w-0 touch-none rounded-md text-edge select-none', className)}
    >
      <Bars bars={bars} />
      {/* The same bars again, seen as far as it has played. */}
      <div ref={played} className="absolute inset-0 text-text [clip-path:inset(0_100%_0_0)]">
        <Bars bars={bars} />
      </div>
    </div>
  );
}

/** Seconds that a key asks for; `undefined` for keys of no meaning here. */
function keyTarget(key: string, time: number, duration: number): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return time + STEP;
    case 'ArrowLeft':
    case 'ArrowDown':
      return time - STEP;
    case 'PageUp':
      return time + duration / 10;
    case 'PageDown':
      return time - duration / 10;
    case 'Home':
      return 0;
    case 'End':
      return duration;
    default:
      return undefined;
  }
}

function Bars({ bars }: { readonly bars: string | null }): ReactNode {
  return (
    <svg
      viewBox={`0 0 ${BARS} 2`}
      preserveAspectRatio="none"
      aria-hidden
      data-drawn={bars !== null}
      className="absolute inset-0 size-full"
    >
      <path d={bars ?? `M0 0.97h${BARS}v0.06h-${BARS}z`} fill="currentColor" />
    </svg>
  );
}

/** The bars once they are reckoned; until then, and where there are none to be had, null. */
function useBars(src: string, bytes: number, duration: number | null): string | null {
  const [peaks, setPeaks] = useState<{ readonly src: string; readonly of: Float32Array } | null>(null);
  useEffect(() => {
    if (duration === null) return undefined;
    const stop = new AbortController();
    void readPeaks(src, { seconds: duration, bytes, count: BARS, signal: stop.signal }).then((of) => {
      if (of !== null && !stop.signal.aborted) setPeaks({ src, of });
    });
    return () => stop.abort();
  }, [src, bytes, duration]);
  const of = peaks?.src === src ? peaks.of : null;
  return useMemo(() => (of === null ? null : barsOf(of)), [of]);
}

/** Moves the border of what has played, each frame while it plays and past React: nothing else changes that often. */
function usePlayed(
  { control, playing, time, duration }: Player,
  played: { readonly current: HTMLElement | null },
): void {
  useEffect(() => {
    let frame = 0;
    const show = (): void => {
      const share = duration === null ? 0 : Math.min(control.now() / duration, 1);
      if (played.current !== null) played.current.style.clipPath = `inset(0 ${(1 - share) * 100}% 0 0)`;
      if (playing) frame = requestAnimationFrame(show);
    };
    show();
    return () => cancelAnimationFrame(frame);
  }, [control, playing, time, duration, played]);
}
