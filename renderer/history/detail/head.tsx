import { ChevronDown, ChevronUp, Layers, Star, Trash2, X } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import type { RunMarks } from '../../../shared/history/card.ts';
import { amountWords } from '../../../shared/money/words.ts';
import { costOf } from '../../../shared/runs/cost.ts';
import type { Run } from '../../../shared/runs/run.ts';
import { isOver } from '../../../shared/runs/transitions.ts';
import { batchWords } from '../../batch/words.ts';
import { ask } from '../../bridge.ts';
import { IconButton } from '../../ui/button.tsx';
import { sayError } from '../../ui/toasts.tsx';
import { titleOf } from '../../viewers/title.ts';
import { stateWords } from '../../viewers/words.ts';

interface HeadProps {
  readonly run: Run;
  readonly marks: RunMarks | null;
  readonly heading: Ref<HTMLHeadingElement>;
  /** Null at the end of the list. */
  readonly onBefore: (() => void) | null;
  readonly onAfter: (() => void) | null;
  readonly onBatch: (id: number) => void;
  readonly onTrash: () => void;
  readonly onClose: () => void;
}

/** A title longer than that is read in the request. */
const SHOWN = 400;

/** What run it is, and what can be done with it as a thing in a list. */
export function Head(props: HeadProps): ReactNode {
  const { run, marks, heading, onBefore, onAfter, onBatch, onTrash, onClose } = props;
  const { batch, endpointId, state, times, money } = run;
  const cost = costOf(money);
  const starred = marks?.star === true;
  const star = async (): Promise<void> => {
    const answer = await ask('history.star', { ids: [run.id], star: !starred });
    if (!answer.ok) sayError(answer.error);
  };
  return (
    <header>
      <div className="flex items-start gap-2">
        <h2
          ref={heading}
          tabIndex={-1}
          data-run-heading={run.id}
          className="line-clamp-2 min-w-0 flex-1 rounded-sm pt-1 break-words select-text"
        >
          {titleOf(run).slice(0, SHOWN)}
        </h2>
        <div className="-mr-1.5 flex shrink-0 items-center">
          <IconButton
            label={starred ? 'Remove the star' : 'Star'}
            aria-pressed={starred}
            side="bottom"
            disabled={marks === null}
            onClick={() => void star()}
          >
            <Star size={15} aria-hidden className={starred ? 'fill-current text-text' : ''} />
          </IconButton>
          {marks?.deletedAt === null && (
            <IconButton
              label={isOver(state) ? 'Move to the trash' : 'It is under way: cancel it first'}
              side="bottom"
              disabled={!isOver(state)}
              onClick={onTrash}
            >
              <Trash2 size={15} aria-hidden />
            </IconButton>
          )}
          <IconButton
            label="Run before"
            shortcut="["
            side="bottom"
            disabled={onBefore === null}
            onClick={() => onBefore?.()}
          >
            <ChevronUp size={16} aria-hidden />
          </IconButton>
          <IconButton
            label="Next run"
            shortcut="]"
            side="bottom"
            disabled={onAfter === null}
            onClick={() => onAfter?.()}
          >
            <ChevronDown size={16} aria-hidden />
          </IconButton>
          <IconButton label="Close" shortcut="Esc" side="bottom" onClick={onClose}>
            <X size={16} aria-hidden />
          </IconButton>
        </div>
      </div>
      <p className="tabular flex flex-wrap items-center gap-x-2 pt-0.5 text-xs text-faint">
        <span className="font-mono break-all select-text">{endpointId}</span>
        <span>{new Date(times.created).toLocaleString()}</span>
        <span>{stateWords(state)}</span>
        {cost !== null && cost.amount > 0 && <span>{amountWords(cost)}</span>}
        {run.origin === 'live' && <span>Kept from Realtime</span>}
        {run.origin === 'attached' && <span>Sent from elsewhere</span>}
        {batch !== null && (
          <button
            type="button"
            onClick={() => onBatch(batch.id)}
            className="flex items-center gap-1 rounded-sm text-soft underline hover:text-text"
          >
            <Layers size={12} aria-hidden />
            {batchWords(batch.kind, batch.size)}
          </button>
        )}
      </p>
    </header>
  );
}
