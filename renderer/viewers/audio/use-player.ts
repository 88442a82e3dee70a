import { useCallback, useMemo, useRef, useState } from 'react';
import type { RefCallback } from 'react';

/** A playing element as a component sees it. */
export interface Player {
  /** For the `<audio>` or `<video>` that plays. */
  readonly bind: RefCallback<HTMLMediaElement>;
  readonly playing: boolean;
  /** Seconds, some four times a second while it plays. */
  readonly time: number;
  /** Seconds; null until it is known, and where the file does not tell. */
  readonly duration: number | null;
  readonly control: PlayerControl;
}

/** The same object as long as the component lives. */
export interface PlayerControl {
  /** Seconds, at this very moment. */
  readonly now: () => number;
  readonly toggle: () => void;
  /** To so many seconds from the beginning, within what there is. */
  readonly seek: (seconds: number) => void;
  /** 1 is as fast as it was made. */
  readonly setSpeed: (speed: number) => void;
}

const EVENTS = [
  'play',
  'pause',
  'ended',
  'timeupdate',
  'seeking',
  'seeked',
  'durationchange',
  'emptied',
] as const;

/** The one that is heard; another that begins makes it stop. */
let heard: HTMLMediaElement | null = null;

/** Follows an `<audio>` or `<video>`. Only one of them is heard at a time. */
export function usePlayer(): Player {
  const current = useRef<HTMLMediaElement>(null);
  const [shown, setShown] = useState({ playing: false, time: 0, duration: NaN });
  const bind = useCallback((element: HTMLMediaElement) => {
    current.current = element;
    const read = (): void => {
      const { paused, ended, currentTime: time, duration } = element;
      setShown({ playing: !paused && !ended, time, duration });
    };
    const alone = (): void => {
      if (heard !== element) heard?.pause();
      heard = element;
    };
    for (const name of EVENTS) element.addEventListener(name, read);
    element.addEventListener('play', alone);
    return () => {
      for (const name of EVENTS) element.removeEventListener(name, read);
      element.removeEventListener('play', alone);
      if (heard === element) heard = null;
      element.pause();
      current.current = null;
    };
  }, []);
  const control = useMemo<PlayerControl>(
    () => ({
      now: () => current.current?.currentTime ?? 0,
      toggle: () => {
        const { current: player } = current;
        // A file that cannot be played says so by its own event.
        if (player?.paused || player?.ended) void player.play().catch(() => undefined);
        else player?.pause();
      },
      seek: (seconds) => {
        const { current: player } = current;
        if (player === null) return;
        const end = Number.isFinite(player.duration) ? player.duration : seconds;
        player.currentTime = Math.min(Math.max(seconds, 0), end);
      },
      setSpeed: (speed) => {
        if (current.current !== null) current.current.playbackRate = speed;
      },
    }),
    [],
  );
  const duration = Number.isFinite(shown.duration) ? shown.duration : null;
  return { bind, playing: shown.playing, time: shown.time, duration, control };
}
