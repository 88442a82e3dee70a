import type { ReactNode } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Lookup, Run } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { activeRealm, useProfiles } from '../stores/profiles.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { sayError } from '../ui/toasts.tsx';
import { Again } from './again.tsx';
import { lookupWords } from './words.ts';

interface UnconfirmedViewProps {
  readonly run: Run;
  readonly error: AppError;
  readonly lookup: Lookup;
}

/** A submit without an answer: what fal's list said of it, and what each way on may cost. */
export function UnconfirmedView({ run, error, lookup }: UnconfirmedViewProps): ReactNode {
  const onFal = useProfiles((state) => activeRealm(state) === 'fal');
  const [what, then] = lookupWords(lookup);
  return (
    <ErrorNote
      error={error}
      action={
        <div className="min-w-0 space-y-1.5 text-soft">
          <p className="break-words text-text">{what}</p>
          <p>{then} Sent again, it is paid for twice if fal did take it.</p>
          <div className="flex flex-wrap gap-2 pt-1.5">
            <Again run={run} label="Send again" />
            <Button onClick={() => void lookAgain()}>Look again</Button>
            {onFal && (
              <Button onClick={() => void ask('app.openExternal', { url: 'https://fal.ai/dashboard' })}>
                Open fal’s dashboard
              </Button>
            )}
          </div>
        </div>
      }
    />
  );
}

async function lookAgain(): Promise<void> {
  const answer = await ask('runs.recheck', null);
  if (!answer.ok) sayError(answer.error);
}
