import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import { referencedShas, withAddresses } from '../../shared/media/reference.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { inParallel } from '../fal/in-parallel.ts';
import { FILES_AT_ONCE } from '../fal/storage/model-input.ts';

/** Sends one file of this computer to fal and answers its address there. */
export type SendFile = (sha256: string, signal: AbortSignal) => Promise<Result<string, AppError>>;

/** No submit has been on its way yet: said with whatever stopped it. */
export const NOTHING_SENT = 'Nothing was sent to the model and nothing is paid. Your request is kept.';

/** Sends every file a request names and answers the request with their addresses. One that fails stops the others. */
export async function uploadMedia(
  input: JsonObject,
  sendFile: SendFile,
  progress: (done: number, total: number) => Promise<void>,
  signal: AbortSignal,
): Promise<Result<JsonObject, AppError>> {
  const shas = referencedShas(input);
  let done = 0;
  await progress(0, shas.length);
  const sent = await inParallel(shas, FILES_AT_ONCE, signal, async (sha256, either) => {
    const address = await sendFile(sha256, either);
    if (!address.ok) return address;
    done += 1;
    if (!either.aborted) await progress(done, shas.length);
    return ok([sha256, address.value] as const);
  });
  return sent.ok ? ok(withAddresses(input, new Map(sent.value))) : fail(withHint(sent.error));
}

function withHint(error: AppError): AppError {
  return { ...error, hint: `${NOTHING_SENT} ${TO_DO[error.kind] ?? 'Run again in a moment.'}` };
}

const TO_DO: Readonly<Partial<Record<AppError['kind'], string>>> = {
  auth: 'Check the key in Settings.',
  input: 'Choose the file again.',
};
