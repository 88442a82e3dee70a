import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { MOST_IN_A_BATCH } from '../../shared/batch/most.ts';
import type { PlannedRun } from '../../shared/batch/plan.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { BatchPlace } from '../../shared/runs/asked.ts';
import { sumWords } from '../../shared/money/words.ts';
import { useEstimate } from '../money/use-estimate.ts';
import { useApp } from '../stores/app.ts';
import { useAsked } from '../stores/asked.ts';
import { useRequests } from '../stores/requests.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { sendBatch, wrongOptionsOf } from './send.ts';
import { counted, problemsSaid } from './words.ts';

interface BatchFooterProps {
  readonly endpointId: string;
  readonly kind: BatchPlace['kind'];
  readonly plan: readonly PlannedRun[];
  /** What keeps the plan from being one, as a sentence without a full stop; null where nothing does. */
  readonly missing: string | null;
  readonly onDone: () => void;
}

/** What would be sent and what it costs, what is wrong with it, and the button that sends it. */
export function BatchFooter({ endpointId, kind, plan, missing, onDone }: BatchFooterProps): ReactNode {
  const unread = useRequests((state) => Object.keys(state.unread[endpointId] ?? {}).length > 0);
  const go = useApp((state) => state.go);
  const [sending, setSending] = useState(false);
  const [error, setError] = useState<AppError | null>(null);
  const optionsOf = useAsked((state) => wrongOptionsOf(state, plan));
  const wrong =
    optionsOf === null
      ? wrongWith(plan, unread, missing)
      : [`An option of ${optionsOf} needs a change: options stand at the end of its form`];
  const requests = useMemo(
    () =>
      plan.length > MOST_IN_A_BATCH ? null : plan.map(({ endpointId, input }) => ({ endpointId, input })),
    [plan],
  );
  const { sum, current } = useEstimate(requests);
  const cost = sum && sumWords(sum);
  const send = async (): Promise<void> => {
    setSending(true);
    setError(null);
    const sent = await sendBatch(kind, plan);
    setSending(false);
    if (sent === 'sent') onDone();
    else if (sent !== 'stayed') setError(sent);
  };
  return (
    <div className="shrink-0 space-y-3 border-t border-line p-4">
      {error !== null && (
        <ErrorNote
          error={error}
          action={error.kind === 'auth' && <Button onClick={() => go('settings')}>Open Settings</Button>}
        />
      )}
      <div role="status" className="space-y-0.5 text-danger empty:hidden">
        {wrong.map((sentence) => (
          <p key={sentence} className="break-words">
            {sentence}
          </p>
        ))}
      </div>
      <div className="flex items-center justify-between gap-4">
        <p className="tabular min-w-0 text-soft">
          {counted(plan.length, 'run')}
          {cost !== null && (
            <>
              {', '}
              {cost !== 'free' && (
                <>
                  <abbr title="estimated" className="no-underline">
                    est.
                  </abbr>{' '}
                </>
              )}
              <span className={current ? 'text-text' : ''}>{cost}</span>
            </>
          )}
        </p>
        <div className="flex shrink-0 gap-2">
          <Button onClick={onDone}>Cancel</Button>
          {/* What is sent is what stands beside it, at the price that stands there. */}
          <Button
            look="primary"
            disabled={wrong.length > 0 || sending || !current}
            onClick={() => void send()}
          >
            {plan.length > 1 ? `Send ${plan.length} runs` : 'Send'}
          </Button>
        </div>
      </div>
    </div>
  );
}

function wrongWith(plan: readonly PlannedRun[], unread: boolean, missing: string | null): readonly string[] {
  if (unread) return ['The form holds something that cannot be read yet'];
  if (missing !== null) return [missing];
  if (plan.length > MOST_IN_A_BATCH) return [`At most ${MOST_IN_A_BATCH} runs are sent at once`];
  if (plan.length < 2) return ['This is a single run: the button Run sends it'];
  return problemsSaid(plan);
}
