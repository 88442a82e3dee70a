import { appError } from '../../shared/fal/errors.ts';
import type { Invocation, Method } from './arguments.ts';
import type { Ending } from './output.ts';

const CALLS = new Set<Method>(['run', 'stream', 'submit', 'subscribe']);

/** Calls of a model keep to `--timeout` themselves, and say what became of them; any other is ended by it. */
export async function limited(
  { method, options: { timeout } }: Pick<Invocation, 'method' | 'options'>,
  signal: AbortSignal,
  act: (signal: AbortSignal) => Promise<Ending>,
): Promise<Ending> {
  if (timeout === undefined || CALLS.has(method)) return act(signal);
  const over = AbortSignal.timeout(timeout * 1000);
  const ending = await act(AbortSignal.any([signal, over]));
  return over.aborted && ending?.kind === 'cancelled'
    ? appError('timeout', `It was not done within ${timeout} s`, {
        hint: 'Nothing is lost. Allow more time.',
      })
    : ending;
}
