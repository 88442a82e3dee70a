import type { JsonObject } from '../json.ts';
import type { ModelForm } from '../schema/field.ts';

/**
 * The request as it goes out live. Pictures are asked for inline, which saves a download (fal-protocol §7.3), and a seed
 * that was left to chance is `seed`: otherwise the picture would change by itself at every step of a slider.
 */
export function liveRequest(form: ModelForm, request: JsonObject, seed: number): JsonObject {
  const inline = form.fields.some((field) => field.kind === 'switch' && field.name === 'sync_mode');
  const random = form.fields.filter(
    (field) => field.kind === 'seed' && (request[field.name] === undefined || request[field.name] === null),
  );
  return {
    ...request,
    ...(inline && request['sync_mode'] === undefined ? { sync_mode: true } : {}),
    ...Object.fromEntries(random.map(({ name }) => [name, seed])),
  };
}
