import { useEffect, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Run, RunId } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { usePartial } from '../stores/partials.ts';
import { useUncovered } from '../stores/uncovered.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { PreviewPicture } from './preview-picture.tsx';
import { ResultView } from './result-view.tsx';
import { RunLine, RunProgress } from './run-progress.tsx';
import { soFarOf } from './so-far.ts';
import type { SoFar } from './so-far.ts';
import { TextPlace, TextPlaceContext } from './text-place.ts';
import { TextView } from './text-view.tsx';

interface RunPreviewProps {
  readonly run: Run;
  /** Whether it stands beside the form, and over a line that says how the run stands. */
  readonly reuse: boolean;
}

/** What a run makes: where it stands, what it has brought so far, and, once it is over, what it left. */
export function RunPreview({ run, reuse }: RunPreviewProps): ReactNode {
  const partial = usePartial(run.id);
  const over = isOver(run.state);
  const soFar = partial === undefined ? null : soFarOf(partial);
  const result = useRef<HTMLDivElement>(null);
  const held = useHeld(result, over, soFar?.kind === 'pictures' && run.state.kind === 'succeeded');
  const [place] = useState(() => new TextPlace(!over));
  return (
    <TextPlaceContext value={place}>
      <div className="relative flex min-h-0 flex-1 flex-col">
        {over && (
          <div ref={result} className={cx('flex min-h-0 flex-1 flex-col', held && 'invisible')}>
            <ResultView run={run} reuse={reuse} />
          </div>
        )}
        {(!over || held) && (
          <div className={cx('flex min-h-0 flex-1 flex-col', held && 'absolute inset-0')}>
            {soFar === null ? (
              <RunProgress run={run} />
            ) : (
              <>
                <RunLine run={run} brief={reuse} />
                <SoFarView id={run.id} content={soFar} />
              </>
            )}
          </div>
        )}
      </div>
    </TextPlaceContext>
  );
}

function SoFarView({ id, content }: { readonly id: RunId; readonly content: SoFar }): ReactNode {
  const uncovered = useUncovered((state) => state.runs.has(id));
  const uncover = useUncovered((state) => state.uncover);
  if (content.kind === 'texts') return <TextView texts={content.texts} growing />;
  const { pictures } = content;
  const covered = !uncovered && pictures.some(({ flagged }) => flagged);
  return (
    <>
      <div
        className="grid min-h-0 flex-1 auto-rows-fr gap-2 p-4"
        style={{ gridTemplateColumns: `repeat(${Math.ceil(Math.sqrt(pictures.length))}, minmax(0, 1fr))` }}
      >
        {pictures.map(({ src, flagged }, index) => (
          <PreviewPicture
            // A place keeps its picture until its next one is there.
            // oxlint-disable-next-line react/no-array-index-key
            key={index}
            src={src}
            label={pictures.length === 1 ? 'Preview of the result' : `Preview of picture ${index + 1}`}
            covered={flagged && !uncovered}
          />
        ))}
      </div>
      {covered && (
        <p className="flex items-center justify-center gap-3 px-4 pb-3 text-soft">
          The model marked this as not safe for work.
          <Button look="plain" onClick={() => uncover(id)}>
            Show it
          </Button>
        </p>
      )}
    </>
  );
}

/** Whether the last preview still stands before the result: until the result's own pictures have been decoded. */
function useHeld(result: { readonly current: HTMLElement | null }, over: boolean, shown: boolean): boolean {
  const [wasOver] = useState(over);
  const [ready, setReady] = useState(false);
  const held = over && !wasOver && shown && !ready;
  useEffect(() => {
    if (!held) return;
    const pictures = [...(result.current?.querySelectorAll('img') ?? [])];
    const inSight = pictures.filter((picture) => picture.loading !== 'lazy');
    void Promise.allSettled(inSight.map((picture) => picture.decode())).then(() => setReady(true));
  }, [held, result]);
  return held;
}
