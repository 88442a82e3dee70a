import { SearchX } from 'lucide-react';
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { tagWords } from '../../../shared/history/tag.ts';
import type { Run, RunId } from '../../../shared/runs/run.ts';
import { useApp } from '../../stores/app.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { State } from '../../ui/state.tsx';
import { RunViews } from '../../viewers/run-views.tsx';
import { Actions } from './actions.tsx';
import { FilesView } from './files-view.tsx';
import { takeWanted } from './focus.ts';
import { Head } from './head.tsx';
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
  /** Searches the history by these words. */
  readonly onFind: (words: string) => void;
  readonly onTrash: (id: RunId) => void;
  readonly onClose: () => void;
}

/** One run in full, what a person says of it, and the way back to it as a request. */
export function RunPane(props: RunPaneProps): ReactNode {
  const { id, onClose } = props;
  const [opened, again] = useRun(id);
  const run = opened.kind === 'here' ? opened.run : null;
  // Until the next is read the one before stands: an empty pane would flicker from run to run.
  const [last, setLast] = useState(run);
  if (opened.kind !== 'reading' && run !== last) setLast(run);
  const shown = opened.kind === 'reading' ? last : run;
  const [width, setWidth] = usePaneWidth();
  const pane = useRef<HTMLElement>(null);
  useKeys(pane, props);
  useFocusBack(pane, id);
  return (
    <section
      ref={pane}
      aria-label="Run"
      style={{ width }}
      className="relative flex max-w-[calc(100%-20rem)] min-w-90 shrink-0 flex-col border-l border-line bg-panel"
    >
      <PaneEdge width={width} onWidth={setWidth} />
      {opened.kind === 'gone' && (
        <State
          icon={<SearchX size={28} strokeWidth={1.25} aria-hidden />}
          title="This run is not in the history any more"
          text="It was deleted for good."
          action={<Button onClick={onClose}>Close</Button>}
        />
      )}
      {opened.kind === 'failed' && (
        <div className="m-auto flex flex-col items-center gap-2 p-4">
          <ErrorNote error={opened.error} action={<Button onClick={again}>Try again</Button>} />
          <Button look="quiet" onClick={onClose}>
            Close
          </Button>
        </div>
      )}
      {shown !== null && <Open {...props} run={shown} />}
    </section>
  );
}

function Open(props: RunPaneProps & { readonly run: Run }): ReactNode {
  const { run, before, after, onOpen, onFind, onTrash, onClose } = props;
  const { id } = run;
  const marks = useRunMarks(id);
  const heading = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => {
    if (takeWanted(id)) heading.current?.focus();
  }, [id]);
  return (
    <>
      <div className="shrink-0 space-y-2 border-b border-line p-4">
        <Head
          run={run}
          marks={marks}
          heading={heading}
          onBefore={before === null ? null : () => onOpen(before)}
          onAfter={after === null ? null : () => onOpen(after)}
          onBatch={(batch) => onFind(`batch:${batch}`)}
          onTrash={() => onTrash(id)}
          onClose={onClose}
        />
        {marks !== null && marks.deletedAt !== null && <TrashNote id={id} deletedAt={marks.deletedAt} />}
        <Actions key={`do-${id}`} run={run} />
        <Tags
          key={`tags-${id}`}
          id={id}
          tags={marks?.tags ?? NO_TAGS}
          onFind={(tag) => onFind(tagWords(tag))}
        />
        <Note
          key={`note-${id}`}
          id={id}
          note={marks?.note ?? null}
          onLeave={() => heading.current?.focus()}
        />
      </div>
      <RunViews
        run={run}
        empty={null}
        reuse={false}
        more={[
          { value: 'request', label: 'Request', view: <RequestView key={id} run={run} /> },
          ...(run.media.length === 0
            ? []
            : [{ value: 'files', label: 'Files', view: <FilesView key={id} run={run} /> }]),
        ]}
      />
    </>
  );
}

const NO_TAGS: readonly string[] = [];

/** [ and ] go to the runs beside it, where single keys are on, nothing is being written, and nothing lies over it. */
function useKeys(
  pane: { readonly current: HTMLElement | null },
  { before, after, onOpen }: RunPaneProps,
): void {
  const singleKeys = useApp(({ switches }) => switches.singleKeys);
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    if (!singleKeys || event.ctrlKey || event.metaKey || isWriting(event.target)) return;
    if (pane.current?.closest('[inert]') !== null) return;
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

/** A pane that closes with the focus in it hands that back to its run in the list. */
function useFocusBack(pane: { readonly current: HTMLElement | null }, id: RunId): void {
  const back = useEffectEvent(() => {
    requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-tile="${id}"]`)?.focus());
  });
  useLayoutEffect(() => {
    const { current } = pane;
    return () => {
      if (current?.contains(document.activeElement)) back();
    };
  }, [pane]);
}
