import type { ModelForm, SeedField } from '../schema/field.ts';

/** Small enough for every model's limits, and easy to read out loud. */
const HIGHEST_NEW = 2 ** 31 - 1;

type Limits = Pick<SeedField, 'min' | 'max'>;

/** The field that makes one result of a request differ from the next; `undefined` where the model has none. */
export function seedFieldOf(form: ModelForm): SeedField | undefined {
  const seeds = form.fields.filter((field): field is SeedField => field.kind === 'seed');
  return seeds.find(({ name }) => name === 'seed') ?? seeds[0];
}

/** So many seeds within the limits, each another; fewer where there are no more. `random` as `Math.random`. */
export function newSeeds({ min, max }: Limits, count: number, random: () => number): readonly number[] {
  const low = Math.max(Number(min ?? 0), 0);
  const high = Math.max(Math.min(Number(max ?? HIGHEST_NEW), HIGHEST_NEW), low);
  const found = new Set<number>();
  const wanted = Math.min(count, high - low + 1);
  while (found.size < wanted) {
    // From a roll on to the next that is free: a narrow range must not be rolled for without end.
    let seed = low + Math.floor(random() * (high - low + 1));
    while (found.has(seed)) seed = seed === high ? low : seed + 1;
    found.add(seed);
  }
  return [...found];
}

/** So many seeds from one on, exact beyond 2^53. What passes the field's limits is left to the check of the request. */
export function countedSeeds(from: number | bigint, count: number): readonly (number | bigint)[] {
  return Array.from({ length: count }, (_, i) => {
    const seed = BigInt(from) + BigInt(i);
    return Number.isSafeInteger(Number(seed)) ? Number(seed) : seed;
  });
}
