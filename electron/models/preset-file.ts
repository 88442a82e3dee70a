import * as z from 'zod';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fullPath, parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { foundPresetSchema } from '../../shared/ipc/presets.ts';
import type { FoundPreset } from '../../shared/ipc/presets.ts';
import { parseJson, stringifyJson } from '../../shared/json.ts';
import { referencedShas, withoutLocalFiles } from '../../shared/media/reference.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

const KIND = 'fal-playground-preset';
const fileSchema = z.object({
  kind: z.literal(KIND),
  version: z.literal(1),
  endpoint: foundPresetSchema.shape.endpointId,
  name: foundPresetSchema.shape.name,
  input: foundPresetSchema.shape.input,
});

export interface PresetText {
  readonly text: string;
  /** Files of this computer that the text does without: they are nowhere else. */
  readonly filesLeftOut: number;
}

/** A preset as a file to give away. */
export function writePreset({ endpointId, name, input }: FoundPreset): PresetText {
  const file = { kind: KIND, version: 1, endpoint: endpointId, name, input: withoutLocalFiles(input) };
  return { text: `${stringifyJson(file, 2)}\n`, filesLeftOut: referencedShas(input).length };
}

/** Reads such a file, by whomever it was written; what it names of this computer's files is not believed. */
export function readPreset(text: string): Result<FoundPreset, AppError> {
  const parsed = parseJson(text);
  if (!parsed.ok) return fail(notAPreset('It is not JSON.'));
  const file = fileSchema.safeParse(parsed.value);
  if (!file.success) return fail(notAPreset(z.prettifyError(file.error)));
  const { endpoint, name, input } = file.data;
  const id = parseEndpointId(endpoint);
  if (id === null) return fail(notAPreset(`“${endpoint.slice(0, 100)}” is no model id.`));
  return ok({ endpointId: fullPath(id), name, input: withoutLocalFiles(input) });
}

const notAPreset = (detail: string): AppError =>
  appError('input', 'This file is not a preset', {
    detail,
    hint: 'Nothing was changed. Choose a file that was saved with “Share”.',
  });
