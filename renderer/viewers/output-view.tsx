import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { useStorage } from '../stores/storage.ts';
import { State } from '../ui/state.tsx';
import { AudioViewer, TracksViewer } from './audio-viewer.tsx';
import { Caption } from './caption.tsx';
import { mainPart, partsOf, posterOf } from './choose-viewer.ts';
import type { Part } from './choose-viewer.ts';
import { FileText } from './file-text.tsx';
import { FileView } from './file-view.tsx';
import { GoneFile } from './gone-file.tsx';
import { Missing } from './missing.tsx';
import { ModelViewer } from './model-viewer.tsx';
import { PartStrip } from './part-strip.tsx';
import { PicturesView } from './pictures-view.tsx';
import { TextView } from './text-view.tsx';
import { TranscriptOfRun } from './transcript-view.tsx';
import { UnknownView } from './unknown-view.tsx';
import { VideoViewer } from './video-viewer.tsx';

interface OutputViewProps {
  readonly run: Run;
  readonly reuse: boolean;
}

/** What a run brought: one part of it large, the others to choose from. */
export function OutputView({ run, reuse }: OutputViewProps): ReactNode {
  const { output, media } = run;
  const parts = useMemo(() => partsOf({ output, media }), [output, media]);
  const [chosen, setChosen] = useState<number | null>(null);
  const at = chosen !== null && chosen < parts.length ? chosen : mainPart(parts);
  const part = parts[at];
  const trouble = useStorage((state) =>
    part?.kind === 'stored' ? state.troubles[part.file.sha256] : undefined,
  );
  return (
    <>
      <div data-output tabIndex={-1} className="relative flex min-h-0 flex-1 flex-col outline-hidden">
        {part === undefined ? (
          <State title="Done" text="This result is empty." />
        ) : part.kind === 'stored' && trouble !== undefined ? (
          <GoneFile key={part.file.sha256} file={part.file} trouble={trouble} />
        ) : (
          <PartView key={keyOf(part)} part={part} run={run} parts={parts} onChoose={setChosen} />
        )}
      </div>
      {parts.length > 1 && <PartStrip run={run} parts={parts} at={at} onChoose={setChosen} />}
      <Caption run={run} file={part?.kind === 'stored' ? part.file : undefined} reuse={reuse} />
    </>
  );
}

/** One place for all pictures: how one is looked at is how the next is. */
const keyOf = (part: Part): string => (isPicture(part) ? 'pictures' : part.path.join('/'));

interface PartViewProps<P extends Part> {
  readonly part: P;
  readonly run: Run;
  readonly parts: readonly Part[];
  readonly onChoose: (index: number) => void;
}

function PartView({ part, ...rest }: PartViewProps<Part>): ReactNode {
  const { run } = rest;
  switch (part.kind) {
    case 'stored':
      return <StoredView part={part} {...rest} />;
    case 'remote':
      return <Missing run={run} media={part.media} />;
    case 'tracks':
      return <TracksViewer files={part.files} />;
    case 'transcript':
      return <TranscriptOfRun lines={part.lines} run={run} />;
    case 'texts':
      return <TextView texts={part.texts} />;
    case 'json':
      return <UnknownView value={part.value} />;
    default:
      return assertNever(part);
  }
}

function StoredView({ part, run, parts, onChoose }: PartViewProps<StoredPart>): ReactNode {
  const { file, viewer } = part;
  switch (viewer) {
    case 'image':
      return (
        <PicturesView
          run={run}
          pictures={parts.filter(isPicture).map(({ file }) => file)}
          picture={file}
          onPick={(picked) => onChoose(parts.findIndex((other) => isPicture(other) && other.file === picked))}
        />
      );
    case 'video':
      return <VideoViewer run={run} file={file} poster={posterOf(parts)} />;
    case 'audio':
      return <AudioViewer file={file} />;
    case 'model':
      return <ModelViewer file={file} />;
    case 'text':
      return <FileText file={file} run={run} />;
    case 'file':
      return <FileView file={file} />;
    default:
      return assertNever(viewer);
  }
}

type StoredPart = Extract<Part, { kind: 'stored' }>;

const isPicture = (part: Part): part is StoredPart => part.kind === 'stored' && part.viewer === 'image';
