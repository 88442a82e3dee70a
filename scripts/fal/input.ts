import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { isJsonObject, parseJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** A model's input as it was named: JSON, `@FILE`, or `-` for stdin; an empty one where nothing was. */
export async function readInput(typed: string | null): Promise<Result<JsonObject, AppError>> {
  if (typed === null) return ok({});
  if (typed !== '-' && !typed.startsWith('@')) return objectOf(typed);
  try {
    return objectOf(typed === '-' ? await text(process.stdin) : await readFile(typed.slice(1), 'utf8'));
  } catch (error) {
    return fail(appError('storage', 'The input cannot be read', { detail: String(error) }));
  }
}

export function objectOf(text: string): Result<JsonObject, AppError> {
  const parsed = parseJson(text);
  if (parsed.ok && isJsonObject(parsed.value)) return ok(parsed.value);
  return fail(
    appError('input', 'A model’s input is a JSON object', {
      detail: parsed.ok ? text.slice(0, 300) : parsed.message,
      hint: 'Nothing was sent.',
    }),
  );
}
