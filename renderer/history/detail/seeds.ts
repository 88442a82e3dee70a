import { isJsonObject } from '../../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../../shared/json.ts';
import type { ModelForm, SeedField } from '../../../shared/schema/field.ts';
import type { Run } from '../../../shared/runs/run.ts';

type Seed = number | bigint;

const isSeed = (value: JsonValue | undefined): value is Seed =>
  typeof value === 'number' || typeof value === 'bigint';

/** The field the model reads its seed from, as far as it is known; a form says so, else the usual name has to do. */
export function seedField(form: ModelForm | null): Pick<SeedField, 'name' | 'min' | 'max'> | null {
  if (form === null) return { name: 'seed' };
  return form.fields.find((field) => field.kind === 'seed') ?? null;
}

/** The seed a run was made with: the one its result tells, else the one that was asked for; null where neither says. */
export function seedOf({ input, output }: Pick<Run, 'input' | 'output'>, name: string): Seed | null {
  const told = isJsonObject(output) ? output['seed'] : undefined;
  // A model that was given none tells the one it took; what it tells counts, for it is what the picture was made with.
  if (isSeed(told)) return told;
  return isSeed(input[name]) ? input[name] : null;
}

/** The same request with this seed. */
export function withSeed(input: JsonObject, name: string, seed: Seed): JsonObject {
  return { ...input, [name]: seed };
}
