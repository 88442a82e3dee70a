import type { Layer } from './scene.ts';

/** A colour being mixed. One is reused for all pixels: an object for each would be garbage by the million. */
export class Pen {
  r = 0;
  g = 0;
  b = 0;

  set(r: number, g: number, b: number): void {
    this.r = r;
    this.g = g;
    this.b = b;
  }

  /** Towards a colour by `t` in 0..1. */
  mix(r: number, g: number, b: number, t: number): void {
    this.r += (r - this.r) * t;
    this.g += (g - this.g) * t;
    this.b += (b - this.b) * t;
  }

  /** Light on top: brightens without ever burning out. */
  screen(r: number, g: number, b: number, t: number): void {
    this.r += (1 - this.r) * r * t;
    this.g += (1 - this.g) * g * t;
    this.b += (1 - this.b) * b * t;
  }

  scale(t: number): void {
    this.r *= t;
    this.g *= t;
    this.b *= t;
  }
}

/** How a style colours each part of a scene. Coordinates are pixels. */
export type Brush = {
  sky(x: number, y: number, pen: Pen): void;
  /** `below`: pixels under the layer's own edge. */
  land(layer: Layer, x: number, y: number, below: number, pen: Pen): void;
  /** The pen comes with the mirrored colour; `t` runs from 0 at the waterline to 1 at the bottom. */
  water(x: number, t: number, ripple: number, pen: Pen): void;
};
