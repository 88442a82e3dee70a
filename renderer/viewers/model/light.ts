/** Pixels of the picture of what stands around an object. Its own stage would reckon one sixteen times as large. */
const WIDTH = 256;
const HEIGHT = 128;

/**
 * A quiet studio around an object, as a Radiance file (`.hdr`) of the whole sphere: bright above, darker below, one large
 * lamp at the left and a faint one at the right, so that shapes are told apart and nothing takes on a colour.
 */
export function studioLight(): Uint8Array<ArrayBuffer> {
  const head = new TextEncoder().encode(`#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n\n-Y ${HEIGHT} +X ${WIDTH}\n`);
  const file = new Uint8Array(head.length + WIDTH * HEIGHT * 4);
  file.set(head);
  for (let y = 0; y < HEIGHT; y += 1)
    for (let x = 0; x < WIDTH; x += 1)
      file.set(greyOf(brightness(x / WIDTH, y / HEIGHT)), head.length + (y * WIDTH + x) * 4);
  return file;
}

/** Of a place by its share of the way around and of the way from the top to the bottom; 1 is white. */
function brightness(around: number, down: number): number {
  const sky = 0.95 - 0.65 * smooth(0.35, 0.75, down);
  return sky + 2.6 * lamp(around, down, 0.35, 0.3) + 1.1 * lamp(around, down, 0.85, 0.4);
}

function lamp(around: number, down: number, at: number, height: number): number {
  const apart = Math.abs(around - at);
  const distance = Math.hypot(Math.min(apart, 1 - apart) * 2, down - height);
  return 1 - smooth(0.1, 0.28, distance);
}

/** 0 below `from`, 1 above `to`, and even between. */
function smooth(from: number, to: number, value: number): number {
  const share = Math.min(Math.max((value - from) / (to - from), 0), 1);
  return share * share * (3 - 2 * share);
}

/** A grey with its exponent, as the format has it. */
function greyOf(value: number): readonly number[] {
  const exponent = Math.ceil(Math.log2(value + 1e-9));
  const part = Math.min(Math.floor((value / 2 ** exponent) * 256), 255);
  return [part, part, part, exponent + 128];
}
