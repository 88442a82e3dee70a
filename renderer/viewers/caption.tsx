import { Copy, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { isJsonObject, sameJson } from '../../shared/json.ts';
import { amountWords } from '../../shared/money/words.ts';
import { costOf } from '../../shared/runs/cost.ts';
import type { Run, StoredMedia } from '../../shared/runs/run.ts';
import { takeOver } from '../form/take-over.ts';
import { copyText } from './copy-text.ts';
import { FileActions } from './file-actions.tsx';
import { unitWords } from './money-facts.ts';
import { duration, fileSize } from './words.ts';
import { isAskedFor, useAsked } from '../stores/asked.ts';
import { useRequests } from '../stores/requests.ts';
import { IconButton } from '../ui/button.tsx';

interface CaptionProps {
  readonly run: Run;
  readonly file: StoredMedia | undefined;
  /** Whether the request can be taken over to the form beside it. */
  readonly reuse: boolean;
}

/** The facts of a result in one line, and what can be done with it. */
export function Caption({ run, file, reuse }: CaptionProps): ReactNode {
  const seed = isJsonObject(run.output) ? run.output['seed'] : undefined;
  const hasSeed = typeof seed === 'number' || typeof seed === 'bigint';
  const cost = costOf(run.money);
  return (
    <div className="tabular flex min-h-10 shrink-0 flex-wrap items-center justify-center gap-x-4 gap-y-1 px-4 pb-2 text-soft">
      {hasSeed && (
        <span className="flex items-center gap-0.5">
          seed {String(seed)}
          <IconButton label="Copy the seed" onClick={() => void copyText(String(seed), 'Seed')}>
            <Copy size={13} aria-hidden />
          </IconButton>
        </span>
      )}
      {file?.width != null && file.height != null && (
        <span>
          {file.width} × {file.height}
        </span>
      )}
      {file !== undefined && <span>{fileSize(file.bytes)}</span>}
      {cost !== null && cost.amount > 0 && <span>{amountWords(cost)}</span>}
      {cost === null && run.money.billableUnits !== null && <span>{unitWords(run.money)}</span>}
      {run.times.inferenceSeconds !== null && <span>{duration(run.times.inferenceSeconds * 1000)}</span>}
      <span className="flex items-center">
        {file !== undefined && <FileActions file={file} beside={reuse} />}
        {reuse && <ReuseButton run={run} />}
      </span>
    </div>
  );
}

function ReuseButton({ run }: { readonly run: Run }): ReactNode {
  const draft = useRequests((state) => state.drafts[run.endpointId]);
  const { endpointId, input } = run;
  const sameAsked = useAsked((state) => isAskedFor(state, endpointId, run));
  const same = sameAsked && sameJson(draft, input);
  return (
    <IconButton
      label={same ? 'This is the request at the left' : 'Take this request over to the form'}
      disabled={same}
      onClick={() => void takeOver(run, 'Filled from this result’s request')}
    >
      <RotateCcw size={14} aria-hidden />
    </IconButton>
  );
}
