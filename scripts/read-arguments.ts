import { appError } from '../shared/fal/errors.ts';
import type { AppError } from '../shared/fal/errors.ts';
import { fail, ok } from '../shared/result.ts';
import type { Result } from '../shared/result.ts';

/** What `read` makes of the arguments; where it throws a sentence for the person, as `parseArgs` does, that and the usage. */
export function readWith<Invocation>(
  read: (args: readonly string[]) => Invocation,
  args: readonly string[],
  usage: string,
): Result<Invocation, AppError> {
  try {
    return ok(read(args));
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return fail(appError('input', 'This command cannot be read', { detail, hint: usage }));
  }
}
