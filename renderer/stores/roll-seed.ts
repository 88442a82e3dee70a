import type { SeedField } from '../../shared/schema/field.ts';

/** Small enough for every model's limits, and easy to read out loud. */
const HIGHEST_ROLL = 2 ** 31 - 1;

/** Any seed within the field's limits. */
export function rollSeed({ min, max }: Pick<SeedField, 'min' | 'max'>): number {
  const low = Math.max(Number(min ?? 0), 0);
  const high = Math.min(Number(max ?? HIGHEST_ROLL), HIGHEST_ROLL);
  return low + Math.floor(Math.random() * (high - low + 1));
}
