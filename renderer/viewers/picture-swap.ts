/**
 * One place for pictures that follow each other: each takes the place of the one before only once it has been decoded, so
 * that the place is never empty. Of those that come while one is decoded only the newest counts; one that cannot be read
 * is passed over.
 */
export class PictureSwap {
  readonly #show: (picture: HTMLImageElement) => void;
  readonly #make: () => HTMLImageElement;
  #next: string | null = null;
  #busy = false;
  #newest: string | null = null;

  constructor(
    show: (picture: HTMLImageElement) => void,
    make: () => HTMLImageElement = () => document.createElement('img'),
  ) {
    this.#show = show;
    this.#make = make;
  }

  want(src: string): void {
    if (src === this.#newest) return;
    this.#newest = src;
    this.#next = src;
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let src = this.#next; src !== null; src = this.#next) {
      this.#next = null;
      const picture = this.#make();
      picture.src = src;
      try {
        await picture.decode();
        this.#show(picture);
      } catch {
        // The one before stays.
      }
    }
    this.#busy = false;
  }
}
