import { SearchX } from 'lucide-react';
import { useEffect, useEffectEvent, useRef } from 'react';
import type { ReactNode } from 'react';
import { tagWords } from '../../../shared/history/tag.ts';
import type { Run, RunId } from '../../../shared/runs/run.ts';
import { useApp } from '../../stores/app.ts';
import { Button } from '../../ui/button.tsx';
import { State } from '../../ui/state.tsx';
import { RunViews } from '../../viewers/run-views.tsx';
import { Actions } from './actions.tsx';
import { FilesView } from './files-view.tsx';
import { Head } from './head.tsx';
import { moveToTrash } from './move-to-trash.ts';
import { Note } from './note.tsx';
import { PaneEdge } from './pane-edge.tsx';
import { RequestView } from './request-view.tsx';
import { Tags } from './tags.tsx';
import { TrashNote } from './trash-note.tsx';
import { usePaneWidth } from './use-pane-width.ts';
import { useRun } from './use-run.ts';
import { useRunMarks } from './use-marks.ts';

interface RunPaneProps {
  readonly id: RunId;
  /** The runs beside it in the list; null at its ends. */
  readonly before: RunId | null;
  readonly after: RunId | null;
  readonly onOpen: (id: RunId) => void;
  /** Searches the history by these words; null where it cannot be searched. */
  readonly onFind: ((words: string) => void) | null;
  readonly onClose: () => void;
}

/** One run in full, what a person says of it, and the way back to it as a request. */
export function RunPane(props: RunPaneProps): ReactNode {
  const { id, before, after, onOpen, onClose } = props;
  const run = useRun(id);
  const [width, setWidth] = usePaneWidth();
  useKeys(props);
  return (
    <section
      aria-label="Run"
      data-run-detail={id}
      style={{ width }}
      className="relative flex max-w-[calc(100%-12rem)] shrink-0 flex-col border-l border-line bg-panel"
    >
      <PaneEdge width={width} onWidth={setWidth} />
      {run === null && (
        <State
          icon={<SearchX size={28} strokeWidth={1.25} aria-hidden />}
          title="This run is not in the history any more"
          text="It was deleted for good."
          action={<Button onClick={onClose}>Close</Button>}
        />
      )}
      {run !== undefined && run !== null && (
        <Open
          key={id}
          {...props}
          run={run}
          onGone={() => {
            const next = after ?? before;
            if (next === null) onClose();
            else onOpen(next);
          }}
        />
      )}
    </section>
  );
}

function Open(props: RunPaneProps & { readonly run: Run; readonly onGone: () => void }): ReactNode {
  const { id, run, before, after, onOpen, onFind, onClose, onGone } = props;
  const marks = useRunMarks(id);
  const heading = useRef<HTMLHeadingElement>(null);
  return (
    <>
      <div className="shrink-0 space-y-2 border-b border-line p-4">
        <Head
          run={run}
          marks={marks}
          heading={heading}
          onBefore={before === null ? null : () => onOpen(before)}
          onAfter={after === null ? null : () => onOpen(after)}
          onBatch={onFind && ((batch) => onFind(`batch:${batch}`))}
          onTrash={() => void moveToTrash(id).then((went) => went && onGone())}
          onClose={onClose}
        />
        {marks !== null && marks.deletedAt !== null && <TrashNote id={id} deletedAt={marks.deletedAt} />}
        <Actions run={run} />
        {marks !== null && (
          <>
            <Tags id={id} tags={marks.tags} onFind={onFind && ((tag) => onFind(tagWords(tag)))} />
            <Note id={id} note={marks.note} onLeave={() => heading.current?.focus()} />
          </>
        )}
      </div>
      <RunViews
        run={run}
        empty={null}
        reuse={false}
        more={[
          { value: 'request', label: 'Request', view: <RequestView run={run} /> },
          ...(run.media.length === 0
            ? []
            : [{ value: 'files', label: 'Files', view: <FilesView run={run} /> }]),
        ]}
      />
    </>
  );
}

/** Escape closes; [ and ] go to the runs beside it, where single keys are on and nothing is being written. */
function useKeys({ before, after, onOpen, onClose }: RunPaneProps): void {
  const singleKeys = useApp(({ switches }) => switches.singleKeys);
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === 'Escape') return onClose();
    if (!singleKeys || event.ctrlKey || event.metaKey || isWriting(event.target)) return;
    const to = event.key === '[' ? before : event.key === ']' ? after : null;
    if (to === null) return;
    event.preventDefault();
    onOpen(to);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, [contenteditable="true"]') !== null;
