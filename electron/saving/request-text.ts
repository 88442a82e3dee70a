import * as z from 'zod';
import { fullPath, parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import type { FileRequest } from '../../shared/ipc/pictures.ts';
import { isJsonObject, parseJson, stringifyJson } from '../../shared/json.ts';
import { referencedSha, withoutLocalFiles, withoutTexts } from '../../shared/media/reference.ts';
import { jsonObject } from '../../shared/runs/run.ts';
import type { Run } from '../../shared/runs/run.ts';
import { MOST_TEXT } from './png-text.ts';

/** The keyword under which a picture holds its request. */
export const KEYWORD = 'fal';

const textSchema = z.object({
  endpoint: z.string().max(300),
  input: jsonObject,
  seed: z.union([z.number(), z.bigint()]).optional(),
  requestId: z.string().max(200).optional(),
  filesLeftOut: z.int().min(0).max(100_000).optional(),
});

/** A request as a picture tells it, and fal's id of it. */
export interface ToldRequest extends Omit<Extract<FileRequest, { kind: 'request' }>, 'kind'> {
  readonly requestId: string | null;
}

/**
 * What is written into a picture of a run. Files of this computer, and files written out as data URIs, stay here; so do the
 * key, the profile and the headers. Null where it would be larger than a picture may hold. The same run always gives the same text.
 */
export function writeRequest(
  { endpointId, input, output, requestId }: Pick<Run, 'endpointId' | 'input' | 'output' | 'requestId'>,
  program: string,
): string | null {
  let filesLeftOut = 0;
  const told = withoutTexts(input, (text) => {
    if (referencedSha(text) === null && !/^data:/i.test(text)) return false;
    filesLeftOut += 1;
    return true;
  });
  const seed = isJsonObject(output) ? output['seed'] : undefined;
  const text = stringifyJson({
    endpoint: endpointId,
    input: told,
    ...(typeof seed === 'number' || typeof seed === 'bigint' ? { seed } : {}),
    ...(requestId === null ? {} : { requestId }),
    ...(filesLeftOut === 0 ? {} : { filesLeftOut }),
    program,
  });
  return Buffer.byteLength(text) > MOST_TEXT ? null : text;
}

/** Reads such a text, by whomever it was written; what it names of this computer's files is not believed. */
export function readRequest(text: string): ToldRequest | null {
  const parsed = parseJson(text);
  const told = parsed.ok ? textSchema.safeParse(parsed.value) : null;
  const id = told?.success === true ? parseEndpointId(told.data.endpoint) : null;
  if (told?.success !== true || id === null) return null;
  const { input, seed, requestId = null, filesLeftOut = 0 } = told.data;
  return {
    endpointId: fullPath(id),
    input: withoutLocalFiles(input),
    seed: seed === undefined ? null : String(seed),
    requestId,
    filesLeftOut,
  };
}
