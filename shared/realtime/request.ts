import type { JsonObject } from '../json.ts';
import type { Field, ModelForm } from '../schema/field.ts';
import { valueOf } from '../schema/request.ts';

/**
 * The request as it goes out live. Pictures are asked for inline, which saves a download (fal-protocol §7.3), and a seed
 * that was left to chance is `seed`: otherwise the picture would change by itself at every step of a slider.
 */
export function liveRequest(form: ModelForm, request: JsonObject, seed: number | bigint): JsonObject {
  const inline = form.fields.some((field) => field.kind === 'switch' && field.name === 'sync_mode');
  const random = form.fields.filter((field) => isLeftToChance(field, request));
  return {
    ...request,
    ...(inline && request['sync_mode'] === undefined ? { sync_mode: true } : {}),
    ...Object.fromEntries(random.map(({ name }) => [name, seed])),
  };
}

/** A seed that is not set and has no default: the model takes another one each time. */
export function isLeftToChance(field: Field, request: JsonObject): boolean {
  return field.kind === 'seed' && (valueOf(field, request) ?? null) === null;
}
