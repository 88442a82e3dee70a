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
  const { inTurn, ask } = useLimitQuestion.getState();
  let answer: Answer<T> | null = await send(false);
  if (passesLimit(answer)) {
    const first = answer;
    answer = await inTurn(async (waited) => {
      // A yes meanwhile holds for this one too.
      const now = waited ? await send(false) : first;
      if (now.ok || now.error.kind !== 'limit') return now;
      return (await ask(now.error)) ? send(true) : null;
    });
  }
  if (answer?.ok === true) sayUnknown([answer.value].flat());
  return answer;
}

const passesLimit = (answer: Answer<unknown>): boolean => !answer.ok && answer.error.kind === 'limit';

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
