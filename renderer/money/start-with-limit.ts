import type { Answer } from '../../shared/ipc/define.ts';
import type { Run } from '../../shared/runs/run.ts';
import { useSpending } from '../stores/spending.ts';
import { say } from '../ui/toasts.tsx';
import { useLimitQuestion } from './limit-question.ts';

let unknownSaid = false;

/**
 * Starts runs by `send`; where that would pass a limit, the person is asked, and a yes sends them over it. Null when they
 * said no: nothing was sent then, and nothing needs saying.
 */
export async function startWithLimit<T extends Run | readonly Run[]>(
  send: (overLimit: boolean) => Promise<Answer<T>>,
): Promise<Answer<T> | null> {
  let answer = await send(false);
  if (!answer.ok && answer.error.kind === 'limit') {
    if (!(await useLimitQuestion.getState().ask(answer.error))) return null;
    answer = await send(true);
  }
  if (answer.ok) sayUnknown([answer.value].flat());
  return answer;
}

/** Once is enough: the run bar is blank for each of them. */
function sayUnknown(runs: readonly Run[]): void {
  const { day = null, month = null } = useSpending.getState().spending?.limits ?? {};
  if (unknownSaid || (day === null && month === null)) return;
  if (runs.every(({ money }) => money.estimate !== null)) return;
  unknownSaid = true;
  say(
    'What this costs is not known beforehand',
    'Your limit counts such runs once fal says what it charged.',
  );
}
