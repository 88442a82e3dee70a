import type { SizeField } from '../../shared/schema/field.ts';

export type SideLimits = Pick<SizeField, 'minSide' | 'maxSide' | 'sideMultipleOf'>;

/** What a model without any word on its sides is given; nothing a person needs to be told. */
const ANY_SIDE = { minSide: 1, maxSide: 14142 };

/** The legal number of pixels nearest to this one. */
export function snapSide(pixels: number, { minSide, maxSide, sideMultipleOf = 1 }: SideLimits): number {
  const low = Math.ceil(minSide / sideMultipleOf) * sideMultipleOf;
  const high = Math.floor(maxSide / sideMultipleOf) * sideMultipleOf;
  return Math.min(Math.max(Math.round(pixels / sideMultipleOf) * sideMultipleOf, low), Math.max(low, high));
}

/** The other side's pixels for one that was just set: `ratio` is the other's part of it. */
export const sideBeside = (pixels: number, ratio: number, limits: SideLimits): number =>
  snapSide(pixels * ratio, limits);

/** "64 to 2048 pixels a side, in steps of 16"; the empty text where anything goes. */
export function sideWords({ minSide, maxSide, sideMultipleOf }: SideLimits): string {
  const range =
    minSide === ANY_SIDE.minSide
      ? maxSide === ANY_SIDE.maxSide
        ? ''
        : `Up to ${maxSide} pixels a side`
      : maxSide === ANY_SIDE.maxSide
        ? `At least ${minSide} pixels a side`
        : `${minSide} to ${maxSide} pixels a side`;
  if (sideMultipleOf === undefined) return range;
  return range === ''
    ? `Sides in steps of ${sideMultipleOf} pixels`
    : `${range}, in steps of ${sideMultipleOf}`;
}
