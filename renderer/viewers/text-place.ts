import { createContext } from 'react';

/** Pixels from the end within which the end counts as in sight. */
const NEAR_END = 32;

/**
 * Where a growing list of words stands in its box: its end is kept in sight until the person scrolls up, and again when they
 * come back to it.
 */
export class TextPlace {
  #top = 0;
  #following: boolean;

  constructor(following: boolean) {
    this.#following = following;
  }

  /** Puts a box that is drawn anew where the one before stood, or its end in sight. */
  restore(box: HTMLElement): void {
    box.scrollTop = this.#following ? box.scrollHeight : this.#top;
    this.#top = box.scrollTop;
  }

  /** There is more in the box now. */
  grew(box: HTMLElement): void {
    if (this.#following) this.restore(box);
  }

  /** The box was scrolled, by a person or by `grew`; the answer is whether its end is followed from now on. */
  scrolled({ scrollTop, clientHeight, scrollHeight }: HTMLElement): boolean {
    const atEnd = scrollTop + clientHeight > scrollHeight - NEAR_END;
    // The end may have moved on since it was scrolled to: only who scrolls up means to stay.
    this.#following = atEnd || (this.#following && scrollTop >= this.#top);
    this.#top = scrollTop;
    return this.#following;
  }

  follow(): void {
    this.#following = true;
  }

  /** Nothing more comes, or what comes is not to be seen: what is in sight stays. */
  settle(): void {
    this.#following = false;
  }
}

/** Kept outside of the text, so that the whole text stands where the growing one stood. */
export const TextPlaceContext = createContext<TextPlace | null>(null);
