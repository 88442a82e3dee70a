import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRuns } from '../stores/runs.ts';
import { cx } from '../ui/cx.ts';
import { textsIn } from '../viewers/choose-viewer.ts';
import { RunThumb } from '../viewers/run-thumb.tsx';
import { storedMedia } from '../viewers/title.ts';
import { stateWords } from '../viewers/words.ts';
import { keepFocus } from './keep-focus.ts';

/** Of a text; more than a cell has room for. */
const MOST_CHARACTERS = 600;

interface BatchCellProps {
  readonly id: RunId | null;
  /** Where it stands: what tells it from the others. */
  readonly label: string;
  readonly className?: string;
}

/** One run of a batch: its picture or text, or how it stands; pressed, it is opened. */
export function BatchCell({ id, label, className }: BatchCellProps): ReactNode {
  const run = useRuns((state) => (id === null ? undefined : state.runs[id]));
  if (run === undefined)
    return (
      <div
        className={cx('flex items-center justify-center rounded-md border border-line text-faint', className)}
      >
        Not readable
      </div>
    );
  return (
    <button
      type="button"
      aria-label={`${label}: ${saidOf(run)}`}
      onClick={(event) => {
        keepFocus(event.currentTarget);
        openRun(run);
      }}
      className={cx(
        'block overflow-hidden rounded-md border border-line bg-panel text-left transition-colors duration-120 hover:border-edge',
        className,
      )}
    >
      <Inside run={run} />
    </button>
  );
}

function Inside({ run }: { readonly run: Run }): ReactNode {
  const { state } = run;
  const words = state.kind === 'failed' || state.kind === 'lost' ? state.error.title : stateWords(state);
  if (state.kind === 'succeeded') {
    const [text] = storedMedia(run).length === 0 ? textsIn(run.output, false) : [];
    if (text === undefined) return <RunThumb run={run} fit="contain" />;
    return (
      <span className="block size-full overflow-hidden p-2.5 text-xs leading-[18px] break-words whitespace-pre-wrap">
        {text[1].slice(0, MOST_CHARACTERS)}
      </span>
    );
  }
  return (
    <span className="flex size-full flex-col items-center justify-center gap-2 p-3 text-center text-xs text-soft">
      {!isOver(state) && (
        <span aria-hidden className="h-1 w-12 overflow-hidden rounded-full bg-pressed">
          <span className="block h-full w-1/3 animate-[sweep_1.4s_ease-in-out_infinite] rounded-full bg-edge motion-reduce:w-full motion-reduce:animate-none motion-reduce:opacity-50" />
        </span>
      )}
      {(state.kind === 'failed' || state.kind === 'lost') && (
        <CircleAlert size={16} aria-hidden className="shrink-0 text-danger" />
      )}
      <span className="line-clamp-3 break-words">{words}</span>
    </span>
  );
}

const saidOf = (run: Run): string =>
  run.state.kind === 'failed' ? `Failed. ${run.state.error.title}` : stateWords(run.state);

/** In the place of the batch, at its model. */
function openRun({ id, endpointId }: Run): void {
  const { endpointId: open, show, open: openModel } = usePlayground.getState();
  if (open === endpointId) show(id);
  else void openModel(endpointId, undefined, id);
}
