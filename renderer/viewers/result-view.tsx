import type { ReactNode } from 'react';
import { useState } from 'react';
import { assertNever } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { useRuns } from '../stores/runs.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { ErrorNote } from '../ui/error-note.tsx';
import { State } from '../ui/state.tsx';
import { Again } from './again.tsx';
import { Caption } from './caption.tsx';
import { MediaView } from './media-view.tsx';
import { TextView, textsOf } from './text-view.tsx';
import { mediaUrl, storedMedia } from './title.ts';
import { UnconfirmedView } from './unconfirmed-view.tsx';

interface ResultViewProps {
  readonly run: Run;
  /** Whether there is a form beside it that can take the request over. */
  readonly reuse?: boolean;
}

/** What a finished run left: its media and texts, or why there are none. */
export function ResultView({ run, reuse = false }: ResultViewProps): ReactNode {
  const { state } = run;
  switch (state.kind) {
    case 'succeeded':
      return <Output run={run} reuse={reuse} />;
    case 'failed':
      return (
        <Centre>
          <ErrorNote error={state.error} />
        </Centre>
      );
    case 'lost':
      return (
        <Centre>
          <ErrorNote error={state.error} action={<Again run={run} label="Run again" />} />
        </Centre>
      );
    case 'unconfirmed':
      return (
        <Centre>
          <UnconfirmedView run={run} error={state.error} lookup={state.lookup} />
        </Centre>
      );
    case 'cancelled':
      return (
        <State
          title="Cancelled"
          text={
            state.word === 'OK' || state.word === null
              ? 'It was stopped before it began.'
              : 'fal told the runner to stop. What had been done may still be billed.'
          }
        />
      );
    case 'waiting':
    case 'uploading':
    case 'submitting':
    case 'confirming':
    case 'queued':
    case 'running':
    case 'fetching':
    case 'saving':
    case 'cancelling':
      return null;
    default:
      return assertNever(state);
  }
}

function Output({ run, reuse }: Required<ResultViewProps>): ReactNode {
  const files = storedMedia(run);
  const [at, setAt] = useState(0);
  const file = files[at] ?? files[0];
  const texts = file === undefined ? textsOf(run.output) : [];
  return (
    <>
      <div className="relative flex min-h-0 flex-1 flex-col">
        {file !== undefined && <MediaView file={file} />}
        {file === undefined && texts.length > 0 && <TextView texts={texts} />}
        {file === undefined && texts.length === 0 && run.media.length === 0 && (
          <State
            title="Done"
            text="This result has no picture or text of its own. The JSON tab shows all of it."
          />
        )}
        <Missing run={run} />
      </div>
      {files.length > 1 && (
        <ul
          aria-label="Files of this result"
          className="mx-auto flex max-w-full shrink-0 gap-2 overflow-x-auto px-4 py-1 pb-2"
        >
          {files.map((item, index) => (
            <li key={item.path.join('/')}>
              <button
                type="button"
                aria-label={`File ${index + 1} of ${files.length}`}
                aria-pressed={index === at}
                onClick={() => setAt(index)}
                className={cx(
                  'flex size-10 shrink-0 items-center justify-center overflow-hidden rounded-md border bg-hover text-xs text-soft',
                  index === at ? 'border-accent outline-1 outline-accent' : 'border-line hover:border-edge',
                )}
              >
                {item.medium === 'image' ? (
                  <img src={mediaUrl(item)} alt="" className="size-full object-cover" draggable={false} />
                ) : (
                  index + 1
                )}
              </button>
            </li>
          ))}
        </ul>
      )}
      <Caption run={run} file={file} reuse={reuse} />
    </>
  );
}

/** Files that could not be copied: where they are, why, and the way to try again. */
function Missing({ run }: { readonly run: Run }): ReactNode {
  const fetchMedia = useRuns((state) => state.fetchMedia);
  const missing = run.media.find((item) => item.kind === 'remote');
  if (missing?.kind !== 'remote') return null;
  return (
    <Centre>
      <ErrorNote
        error={missing.error}
        action={<Button onClick={() => void fetchMedia(run.id)}>Fetch again</Button>}
      />
    </Centre>
  );
}

const Centre = ({ children }: { readonly children: ReactNode }): ReactNode => (
  // Centred by its margins: by the box, what is taller than it could not be scrolled to its top.
  <div className="flex min-h-0 flex-1 overflow-y-auto p-8">
    <div className="m-auto">{children}</div>
  </div>
);
