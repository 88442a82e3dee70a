import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { mediaReference } from '../../shared/media/reference.ts';
import type { Field, NumberField } from '../../shared/schema/field.ts';
import type { Random } from '../soak/random.ts';
import type { MadeFile, MadeFiles } from './files.ts';
import type { Made } from './models.ts';

/** Fields a person writes what they want into, as the window's own titles find them. */
const WORDS = new Set(['prompt', 'text', 'lyrics', 'query', 'gen_text', 'script', 'instruction']);

/** A request as a person changes it from one run to the next: other words always, now and then another value. */
export function requestFor(model: Made, prompt: string, files: MadeFiles, random: Random): JsonObject {
  const request = random.favourite(model.beginnings);
  const changes = model.form.fields.flatMap((field): readonly [string, JsonValue][] => {
    const value = changed(field, Object.hasOwn(request, field.name), prompt, files, random);
    return value === undefined ? [] : [[field.name, value]];
  });
  return { ...request, ...Object.fromEntries(changes) };
}

/** `undefined` where it is left as it is. */
function changed(
  field: Field,
  set: boolean,
  prompt: string,
  files: MadeFiles,
  random: Random,
): JsonValue | undefined {
  const seldom = random.chance(0.12);
  switch (field.kind) {
    case 'text':
      if (WORDS.has(field.name) && (set || field.required))
        return prompt.slice(0, field.maxLength).padEnd(field.minLength ?? 0, '.');
      return field.name === 'negative_prompt' && seldom ? 'blurry, low quality, watermark' : undefined;
    case 'seed':
      return random.chance(0.5) ? random.below(Math.min(2 ** 31, Number(field.max ?? 2 ** 31))) : undefined;
    case 'number':
      return seldom ? numberIn(field, random) : undefined;
    case 'switch':
      return seldom ? random.chance(0.5) : undefined;
    case 'choice':
      return seldom && field.options.length > 0 ? random.pick(field.options).value : undefined;
    case 'size':
      return seldom && field.presets.length > 0 ? random.pick(field.presets).value : undefined;
    case 'file':
      return set && random.chance(0.7) ? ownFile(field.medium, files, random) : undefined;
    case 'list':
      return set && field.item.kind === 'file' && (field.minItems ?? 1) === 1
        ? [ownFile(field.item.medium, files, random)]
        : undefined;
    default:
      return undefined;
  }
}

function ownFile(medium: string, files: MadeFiles, random: Random): string {
  const all = [...files.values()].flat();
  const fitting = all.filter((file) => file.medium === medium);
  return mediaReference(random.pick<MadeFile>(fitting.length > 0 ? fitting : all).sha256);
}

function numberIn(field: NumberField, random: Random): number | undefined {
  const { min, max, step, integer } = field;
  if (min === undefined || max === undefined) return undefined;
  const apart = field.multipleOf ?? (integer ? 1 : step > 0 ? step : (max - min) / 20);
  const value = Number((min + random.below(Math.floor((max - min) / apart) + 1) * apart).toFixed(9));
  return integer ? Math.round(value) : value;
}
