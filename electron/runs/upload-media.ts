import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import { referencedShas, withAddresses } from '../../shared/media/reference.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/** Sends one file of this computer to fal and answers its address there. */
export type SendFile = (sha256: string, signal: AbortSignal) => Promise<Result<string, AppError>>;

const AT_ONCE = 2;

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
  const addresses = new Map<string, string>();
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  let failure: AppError | null = null;
  const waiting = shas.values();
  const work = async (): Promise<void> => {
    for (const sha256 of waiting) {
      if (either.aborted) return;
      const sent = await sendFile(sha256, either);
      if (!sent.ok) {
        // What the others say after it only echoes the stop.
        failure ??= sent.error;
        failed.abort();
        return;
      }
      addresses.set(sha256, sent.value);
      if (!either.aborted) await progress(addresses.size, shas.length);
    }
  };
  await progress(0, shas.length);
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return failure === null ? ok(withAddresses(input, addresses)) : fail(withHint(failure));
}

function withHint(error: AppError): AppError {
  return { ...error, hint: `${NOTHING_SENT} ${TO_DO[error.kind] ?? 'Run again in a moment.'}` };
}

const TO_DO: Readonly<Partial<Record<AppError['kind'], string>>> = {
  auth: 'Check the key in Settings.',
  input: 'Choose the file again.',
};
