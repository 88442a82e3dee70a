import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';

/**
 * Does something with each item, `atOnce` at a time and begun in their order; answers what came of each, in that order
 * too. The first that fails stops the others, and it is what is told.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  signal: AbortSignal,
  act: (item: T, signal: AbortSignal) => Promise<Result<R, AppError>>,
): Promise<Result<readonly R[], AppError>> {
  const failed = new AbortController();
  const either = AbortSignal.any([signal, failed.signal]);
  const done = new Map<number, R>();
  let failure: AppError | null = null;
  const waiting = items.entries();
  const work = async (): Promise<void> => {
    for (const [i, item] of waiting) {
      if (either.aborted) return;
      const outcome = await act(item, either);
      if (outcome.ok) done.set(i, outcome.value);
      else {
        // What the others say after it only echoes the stop.
        failure ??= outcome.error;
        failed.abort();
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, work));
  if (failure !== null) return fail(failure);
  if (done.size < items.length) return fail(appError('cancelled', 'Stopped'));
  return ok([...done].toSorted(([a], [b]) => a - b).map(([, value]) => value));
}
