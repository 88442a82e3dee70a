import type { FileLimits } from './field.ts';

/** What can be told of a file without sending it; null where it cannot, or where the medium has none. */
export interface FileMeasures {
  readonly bytes: number;
  /** Pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** Seconds. */
  readonly duration: number | null;
}

/**
 * Everything a model's own limits say against a file, each a sentence without a full stop: "This image is 120 × 90; the
 * model wants at least 300 wide". `noun` is what the file is called: "image", "video". Limits on what could not be measured
 * are left to the server.
 */
export function fileProblems(limits: FileLimits, file: FileMeasures, noun: string): readonly string[] {
  const { width, height, duration } = file;
  const problems: string[] = [];
  if (limits.maxBytes !== undefined && file.bytes > limits.maxBytes)
    problems.push(`This ${noun} has ${size(file.bytes)}; the model takes at most ${size(limits.maxBytes)}`);
  if (width !== null && height !== null) {
    const wants = wantsOfSides(limits, width, height);
    if (wants.length > 0) problems.push(`This ${noun} is ${width} × ${height}; the model ${wants}`);
  }
  if (duration !== null) {
    const wants = rangeWords(duration, limits.minDuration, limits.maxDuration, seconds);
    if (wants !== '') problems.push(`This ${noun} lasts ${seconds(duration)}; the model ${wants}`);
  }
  return problems;
}

function wantsOfSides(limits: FileLimits, width: number, height: number): string {
  const wants = [
    ['wide', rangeWords(width, limits.minWidth, limits.maxWidth, String)],
    ['high', rangeWords(height, limits.minHeight, limits.maxHeight, String)],
  ]
    .filter(([, words]) => words !== '')
    .map(([side, words]) => `${words} ${side}`);
  if (limits.maxPixels !== undefined && width * height > limits.maxPixels)
    wants.push(`takes at most ${limits.maxPixels.toLocaleString('en-US')} pixels in all`);
  const shape = rangeWords(width / height, limits.minAspectRatio, limits.maxAspectRatio, ratio);
  if (shape !== '') wants.push(`${shape} as width by height`);
  // "wants at least 300 wide and 300 high"
  return wants.map((want, at) => sharedVerb(want, wants[at - 1])).join(' and ');
}

/** A verb and bound that were just said are not said again. */
function sharedVerb(want: string, before: string | undefined): string {
  const bound = /^(wants at least|takes at most) /.exec(want)?.[0];
  return bound !== undefined && before?.startsWith(bound) === true ? want.slice(bound.length) : want;
}

/** "wants at least 300", "takes at most 8000"; the empty text for a value in range. */
function rangeWords(
  value: number,
  min: number | undefined,
  max: number | undefined,
  words: (limit: number) => string,
): string {
  if (min !== undefined && value < min) return `wants at least ${words(min)}`;
  return max !== undefined && value > max ? `takes at most ${words(max)}` : '';
}

const seconds = (value: number): string => `${Number(value.toFixed(1))} s`;

/** Short: 1.78, 0.4. */
const ratio = (value: number): string => `${Number(value.toFixed(2))}:1`;

function size(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.ceil(bytes / 1000)} KB`;
  return `${Number((bytes / 1_000_000).toFixed(1))} MB`;
}
