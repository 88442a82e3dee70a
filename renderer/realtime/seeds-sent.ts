import type { JsonObject } from '../../shared/json.ts';
import type { ModelForm } from '../../shared/schema/field.ts';

export type Seed = number | bigint;

/** The seeds of inputs that may still be answered, by the input's mark: the newest is not the one in sight. */
export class SeedsSent {
  readonly #byMark = new Map<number, Seed | null>();

  sent(mark: number, seed: Seed | null): void {
    this.#byMark.set(mark, seed);
  }

  /** The seed an answer was made with. Answers come in the order of their inputs, one or many to each. */
  of(mark: number): Seed | null {
    for (const older of this.#byMark.keys()) if (older < mark) this.#byMark.delete(older);
    return this.#byMark.get(mark) ?? null;
  }
}

/** The seed of a request as it goes out. */
export function seedOf(form: ModelForm, request: JsonObject): Seed | null {
  const field = form.fields.find(({ kind }) => kind === 'seed');
  const value = field === undefined ? null : request[field.name];
  return typeof value === 'number' || typeof value === 'bigint' ? value : null;
}
