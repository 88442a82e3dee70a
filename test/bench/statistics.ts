/** The nearest rank: what `share` (0 to 1) of the values are no greater than. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new Error('Nothing was measured');
  return value;
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Three digits, which is more than any of it is worth. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** Each in turn, `rounds` times over, beginning with another each time: what the machine does beside is shared by all. */
export async function inTurns<K extends string, V>(
  rounds: number,
  measures: Readonly<Record<K, () => Promise<readonly V[]>>>,
  done: (round: number) => void = () => undefined,
): Promise<Readonly<Record<K, readonly V[]>>> {
  const names = namesOf(measures);
  const taken = new Map<K, V[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const i of names.keys()) {
      const name = names[(i + round) % names.length];
      if (name !== undefined) taken.get(name)?.push(...(await measures[name]()));
    }
    done(round);
  }
  const of = (name: K): readonly V[] => taken.get(name) ?? [];
  return recordOf(names, of);
}

function namesOf<K extends string>(record: Readonly<Record<K, unknown>>): readonly K[] {
  const isName = (text: string): text is K => Object.hasOwn(record, text);
  return Object.keys(record).filter(isName);
}

function recordOf<K extends string, V>(names: readonly K[], value: (name: K) => V): Readonly<Record<K, V>> {
  const record: Partial<Record<K, V>> = {};
  for (const name of names) record[name] = value(name);
  const isWhole = (part: Partial<Record<K, V>>): part is Record<K, V> =>
    names.every((name) => Object.hasOwn(part, name));
  if (!isWhole(record)) throw new Error('unreachable');
  return record;
}
