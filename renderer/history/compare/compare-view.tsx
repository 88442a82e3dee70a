import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { Run, RunId } from '../../../shared/runs/run.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { State } from '../../ui/state.tsx';
import { ZoomButtons } from '../../viewers/picture-bar.tsx';
import type { Ready } from '../../viewers/picture-layer.tsx';
import { pictureKey } from '../../viewers/picture-keys.ts';
import { mediaUrl } from '../../viewers/title.ts';
import { useZoom } from '../../viewers/use-zoom.ts';
import { allOf, contentOf } from './contents.ts';
import { DifferenceTable } from './difference-table.tsx';
import { FilmsStage } from './films-stage.tsx';
import { MixedStage } from './mixed-stage.tsx';
import { modeAfter, PICTURE_MODES } from './picture-mode.ts';
import type { PictureMode } from './picture-mode.ts';
import { largestOf, PicturesStage } from './pictures-stage.tsx';
import { RunHead } from './run-head.tsx';
import { runNames } from './run-names.ts';
import { TextsStage } from './texts-stage.tsx';
import { useRunsOf } from './use-runs-of.ts';
import { useTied } from './use-tied.ts';

const MOST_COMPARED = 4;
/** Seconds by an arrow key. */
const LEAP = 1;

interface CompareViewProps {
  readonly ids: readonly RunId[];
  readonly onClose: () => void;
}

export function CompareView({ ids, onClose }: CompareViewProps): ReactNode {
  const few = useMemo(() => ids.slice(0, MOST_COMPARED), [ids]);
  const runs = useRunsOf(few);
  if (runs === null) return <div aria-busy className="min-w-0 flex-1" />;
  if (runs.length < 2)
    return (
      <State
        title="There is nothing to compare"
        text="Of the runs that were chosen less than two are still here."
        action={<Button onClick={onClose}>Back to the list</Button>}
      />
    );
  return <Comparison runs={runs} onClose={onClose} />;
}

interface ComparisonProps {
  readonly runs: readonly Run[];
  readonly onClose: () => void;
}

function Comparison({ runs, onClose }: ComparisonProps): ReactNode {
  const root = useRef<HTMLElement>(null);
  const contents = useMemo(() => runs.map(contentOf), [runs]);
  const names = useMemo(() => runNames(runs), [runs]);
  const [front, setFront] = useState<number | null>(null);
  const [mode, setMode] = useState<PictureMode>('beside');
  const [chosen, setChosen] = useState<Readonly<Record<number, number>>>({});
  const [sizes, setSizes] = useState<Readonly<Record<string, Ready>>>({});
  const tied = useTied(runs.length);

  const pictures = allOf(contents, 'pictures');
  const films = allOf(contents, 'film');
  const texts = useMemo(() => allOf(contents, 'texts')?.map(({ texts }) => texts) ?? null, [contents]);
  const shown = runs.flatMap((run, index) => {
    const content = contents[index];
    if (content?.kind !== 'pictures') return [];
    const at = chosen[run.id] ?? content.main;
    const file = content.files[at];
    return file === undefined ? [] : { run, name: names[index] ?? '', file, at, count: content.files.length };
  });
  const frame = largestOf(
    shown.map(
      ({ file }) => sizes[mediaUrl(file)]?.size ?? { width: file.width ?? 1024, height: file.height ?? 1024 },
    ),
  );
  const zoom = useZoom(frame, false);
  const pair = pictures !== null && runs.length === 2;
  const toFront = (index: number): void => setFront(front === index ? null : index);
  const toMode = (next: PictureMode): void => {
    setMode(next);
    setFront(null);
  };

  const actionOf = (event: KeyboardEvent): (() => void) | null => {
    const { key, target } = event;
    if (key === 'Escape') return front === null ? onClose : () => setFront(null);
    const number = Number(key);
    if (/^[1-4]$/.test(key)) return number <= runs.length ? () => toFront(number - 1) : null;
    if (key.toLowerCase() === 'm') return pair ? () => toMode(modeAfter(mode)) : null;
    // On a button the bar presses it, on a slider the arrows move it, and in what scrolls both scroll.
    const own =
      target instanceof Element && target.closest('button, input, [role="slider"], [role="region"]');
    if (films !== null && own === null) {
      if (key === ' ') return tied.films.toggle;
      if (key === 'ArrowLeft') return () => tied.films.seek(tied.films.now() - LEAP);
      if (key === 'ArrowRight') return () => tied.films.seek(tied.films.now() + LEAP);
    }
    if (pictures === null || (own !== null && key.startsWith('Arrow'))) return null;
    const pressed = pictureKey(event, { zooms: true, moves: zoom.laid.moves });
    if (pressed?.kind === 'step') return () => zoom.step(pressed.direction);
    if (pressed?.kind === 'fit') return zoom.fit;
    return pressed?.kind === 'move' ? () => zoom.move(pressed.by) : null;
  };
  const onKey = useEffectEvent((event: KeyboardEvent): void => {
    const { target } = event;
    const here = target === document.body || (target instanceof Node && root.current?.contains(target));
    if (!here || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = actionOf(event);
    if (act === null) return;
    event.preventDefault();
    act();
  });
  useEffect(() => {
    // Before the window's own: Escape leads back by one step, and that is the nearest.
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  // Its keys are at hand at once, and it is read aloud what has come.
  useEffect(() => root.current?.focus({ preventScroll: true }), []);

  const heads = runs.map((run, index) => (
    <RunHead
      key={run.id}
      index={index}
      name={names[index] ?? ''}
      front={front === index}
      onFront={() => toFront(index)}
    />
  ));
  return (
    <section
      ref={root}
      aria-label={`Comparison of ${runs.length} runs`}
      tabIndex={-1}
      className="flex min-h-0 min-w-0 flex-1 flex-col outline-hidden"
    >
      <div className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-2 gap-y-1 border-b border-line px-3 py-1">
        <h2 className="pr-2 font-medium">Compare {runs.length} runs</h2>
        {pair && (
          <Segmented
            label="How they are compared"
            options={PICTURE_MODES}
            value={front === null ? mode : null}
            onChange={(next) => toMode(next ?? mode)}
          />
        )}
        <span className="flex-1" />
        {pictures !== null && <ZoomButtons zoom={zoom} />}
        <IconButton label="Back to the list" shortcut="Esc" side="bottom" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      {pictures !== null ? (
        <PicturesStage
          shown={shown}
          mode={pair ? mode : 'beside'}
          front={front}
          onFront={toFront}
          onAt={(index, at) => {
            const run = runs[index];
            if (run !== undefined) setChosen((before) => ({ ...before, [run.id]: at }));
          }}
          sizes={sizes}
          onSize={(ready) => setSizes((before) => ({ ...before, [ready.src]: ready }))}
          frame={frame}
          zoom={zoom}
        />
      ) : films !== null ? (
        <FilmsStage
          films={runs.flatMap((run, index) => {
            const file = films[index]?.file;
            return file === undefined ? [] : { run, name: names[index] ?? '', file };
          })}
          front={front}
          heads={heads}
          tied={tied}
        />
      ) : texts !== null ? (
        <TextsStage texts={texts} front={front} heads={heads} />
      ) : (
        <MixedStage runs={runs} front={front} heads={heads} />
      )}
      <DifferenceTable runs={runs} names={names} />
    </section>
  );
}
