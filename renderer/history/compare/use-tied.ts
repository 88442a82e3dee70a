import { useState } from 'react';
import type { RefCallback } from 'react';

interface Shown {
  readonly playing: boolean;
  /** Seconds, of the longest. */
  readonly time: number;
  /** Seconds, of the longest; NaN until it is known. */
  readonly duration: number;
}

const EVENTS = ['play', 'pause', 'ended', 'timeupdate', 'seeked', 'durationchange', 'emptied'] as const;
/** Seconds that films may be apart before the others are put where the longest is. */
const MOST_APART = 0.12;

/** Films that are played as one: the longest leads, and the others are where it is, or at their ends. */
class TiedFilms {
  /** For the elements, each in its place. */
  readonly binds: readonly RefCallback<HTMLVideoElement>[];
  readonly #films: (HTMLVideoElement | null)[] = [];
  readonly #told: (shown: Shown) => void;

  constructor(count: number, told: (shown: Shown) => void) {
    this.#told = told;
    this.binds = Array.from({ length: count }, (_, index) => (film: HTMLVideoElement) => {
      this.#films[index] = film;
      for (const name of EVENTS) film.addEventListener(name, this.#hear);
      return () => {
        for (const name of EVENTS) film.removeEventListener(name, this.#hear);
        film.pause();
        this.#films[index] = null;
      };
    });
  }

  /** Seconds, at this very moment. */
  now(): number {
    return this.#leader()?.currentTime ?? 0;
  }

  readonly toggle = (): void => {
    const leader = this.#leader();
    if (leader === null) return;
    if (!leader.paused && !leader.ended) return this.#all().forEach((film) => film.pause());
    this.seek(leader.ended ? 0 : leader.currentTime);
    for (const film of this.#all())
      // A film that is over would begin again by itself.
      if (film.currentTime < film.duration) void film.play().catch(() => undefined);
  };

  /** Each to so many seconds, or to its end. */
  readonly seek = (seconds: number): void => this.#all().forEach((film) => put(film, seconds));

  readonly #hear = (): void => {
    const leader = this.#leader();
    if (leader === null) return;
    const { paused, ended, currentTime: time, duration } = leader;
    const playing = !paused && !ended;
    for (const film of this.#all()) {
      if (film === leader) continue;
      if (!playing) film.pause();
      else if (time < film.duration && Math.abs(film.currentTime - time) > MOST_APART) put(film, time);
    }
    this.#told({ playing, time, duration });
  };

  #all(): readonly HTMLVideoElement[] {
    return this.#films.filter((film) => film !== null);
  }

  #leader(): HTMLVideoElement | null {
    return longestOf(this.#all());
  }
}

/** The longest of those whose length is known, else one without end; null where none can be read, and so has no length. */
export function longestOf<F extends { readonly duration: number }>(films: readonly F[]): F | null {
  const endless = films.find(({ duration }) => duration === Infinity) ?? null;
  const finite = films.filter(({ duration }) => Number.isFinite(duration));
  return finite.reduce(
    (a, b) => (a !== null && Number.isFinite(a.duration) && a.duration >= b.duration ? a : b),
    endless,
  );
}

function put(film: HTMLVideoElement, seconds: number): void {
  const end = Number.isFinite(film.duration) ? film.duration : seconds;
  film.currentTime = Math.min(Math.max(seconds, 0), end);
}

/** Films that are played as one, as a component sees them. */
export interface Tied extends Omit<Shown, 'duration'> {
  readonly films: TiedFilms;
  readonly duration: number | null;
}

export function useTied(count: number): Tied {
  const [shown, setShown] = useState<Shown>({ playing: false, time: 0, duration: NaN });
  const [films] = useState(() => new TiedFilms(count, setShown));
  return { films, ...shown, duration: Number.isFinite(shown.duration) ? shown.duration : null };
}
