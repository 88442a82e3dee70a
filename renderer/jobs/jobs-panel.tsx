import { Popover } from '@base-ui/react/popover';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { useJobs } from '../stores/jobs.ts';
import { useRuns } from '../stores/runs.ts';
import { Button } from '../ui/button.tsx';
import { cancelOrder } from './cancel-order.ts';
import { EndedRow, GoingRow } from './job-row.tsx';
import { MostField } from './most-field.tsx';
import { HeldRows } from './held-rows.tsx';
import { useHeldFocus } from './use-held-focus.ts';
import { WaitingRows } from './waiting-rows.tsx';

/** Drawn at once of each list; the rest when asked for. */
const DRAWN = 30;

/** Every run that is not over, and the last that ended, whatever model they are of. */
export function JobsPanel(): ReactNode {
  const held = useJobs((state) => state.held);
  const waiting = useJobs((state) => state.waiting);
  const going = useJobs((state) => state.going);
  const ended = useJobs((state) => state.ended);
  const cancel = useJobs((state) => state.cancel);
  const release = useJobs((state) => state.release);
  const goingList = useHeldFocus(going);
  // Asked for at the press: the panel is not drawn anew for each state of a run.
  const cancelAll = (): void => void cancel(cancelOrder({ waiting, going }, useRuns.getState().runs));
  const empty = held.length + waiting.length + going.length + ended.length === 0;
  return (
    <>
      <div className="flex h-11 shrink-0 items-center justify-between border-b border-line pr-3 pl-4">
        <Popover.Title className="font-medium">Jobs</Popover.Title>
        <MostField />
      </div>
      <div className="min-h-0 space-y-3 overflow-y-auto px-2 py-3">
        {empty && (
          <p className="px-2 py-4 text-center text-soft">
            Nothing is under way. What you run shows here, whatever the model, and you can go on working.
          </p>
        )}
        {held.length > 0 && (
          <Part
            title="Not sent"
            count={held.length}
            text="Waiting when the program last stopped. Nothing of it was sent or paid."
            actions={
              <>
                <PartButton onClick={() => void release(held)}>Send them</PartButton>
                <PartButton onClick={() => void cancel(held)}>Remove</PartButton>
              </>
            }
          >
            <Some ids={held}>{(ids) => <HeldRows ids={ids} />}</Some>
          </Part>
        )}
        {going.length > 0 && (
          <Part
            title="Under way"
            count={going.length}
            actions={
              going.length + waiting.length > 1 && <PartButton onClick={cancelAll}>Cancel all</PartButton>
            }
          >
            <Some ids={going}>
              {(ids) => (
                <ol ref={goingList} aria-label="Under way">
                  {ids.map((id) => (
                    <GoingRow key={id} id={id} />
                  ))}
                </ol>
              )}
            </Some>
          </Part>
        )}
        {waiting.length > 0 && (
          <Part
            title="Waiting"
            count={waiting.length}
            actions={<PartButton onClick={() => void cancel(waiting)}>Cancel all waiting</PartButton>}
          >
            <Some ids={waiting}>{(drawn) => <WaitingRows ids={waiting} drawn={drawn.length} />}</Some>
          </Part>
        )}
        {ended.length > 0 && (
          <Part title="Just ended" count={null}>
            <ul aria-label="Just ended">
              {ended.map((id) => (
                <EndedRow key={id} id={id} />
              ))}
            </ul>
          </Part>
        )}
      </div>
    </>
  );
}

interface PartProps {
  readonly title: string;
  /** Null where it would say nothing: it is only the last few. */
  readonly count: number | null;
  readonly text?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

function Part({ title, count, text, actions, children }: PartProps): ReactNode {
  return (
    <section aria-label={title}>
      <div className="flex min-h-8 items-center gap-1 pl-2">
        <h3 className="flex-1 text-soft">
          {title} {count !== null && <span className="tabular text-faint">{count}</span>}
        </h3>
        {actions}
      </div>
      {text !== undefined && <p className="px-2 pb-1 text-xs text-faint">{text}</p>}
      {children}
    </section>
  );
}

function PartButton({
  onClick,
  children,
}: {
  readonly onClick: () => void;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Button look="quiet" className="h-7 px-2" onClick={onClick}>
      {children}
    </Button>
  );
}

/** The first of a long list, and the way to the rest. */
function Some({
  ids,
  children,
}: {
  readonly ids: readonly RunId[];
  readonly children: (ids: readonly RunId[]) => ReactNode;
}): ReactNode {
  const [all, setAll] = useState(false);
  const drawn = all ? ids : ids.slice(0, DRAWN);
  return (
    <>
      {children(drawn)}
      {drawn.length < ids.length && (
        <PartButton onClick={() => setAll(true)}>Show all {ids.length}</PartButton>
      )}
    </>
  );
}
