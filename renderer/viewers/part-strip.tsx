import {
  AudioLines,
  Box,
  Braces,
  Captions,
  CircleAlert,
  File,
  FileText,
  Film,
  ListMusic,
  Type,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { assertNever } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { cx } from '../ui/cx.ts';
import { Tip } from '../ui/tip.tsx';
import type { Part } from './choose-viewer.ts';
import { FileThumb } from './file-thumb.tsx';

interface PartStripProps {
  readonly run: Run;
  readonly parts: readonly Part[];
  readonly at: number;
  readonly onChoose: (index: number) => void;
}

/** The parts of a result as one row, each with a small picture or a sign of what it is. */
export function PartStrip({ run, parts, at, onChoose }: PartStripProps): ReactNode {
  const names = namesOf(parts);
  return (
    <ul
      aria-label="Files of this result"
      className="mx-auto flex max-w-full shrink-0 gap-2 overflow-x-auto px-4 py-1 pb-2"
    >
      {parts.map((part, index) => (
        <li key={part.path.join('/')}>
          <Tip text={part.kind === 'stored' ? part.file.fileName : (names[index] ?? '')}>
            <button
              type="button"
              aria-label={names[index]}
              aria-pressed={index === at}
              onClick={() => onChoose(index)}
              className={cx(
                'flex size-10 shrink-0 items-center justify-center overflow-hidden rounded-md border bg-hover text-soft',
                index === at ? 'border-accent outline-1 outline-accent' : 'border-line hover:border-edge',
              )}
            >
              <Sign run={run} part={part} />
            </button>
          </Tip>
        </li>
      ))}
    </ul>
  );
}

/** Files are counted; what is no file has a name of its own. */
function namesOf(parts: readonly Part[]): readonly string[] {
  const isFile = (part: Part): boolean => part.kind === 'stored' || part.kind === 'remote';
  const total = parts.filter(isFile).length;
  return parts.map((part, index) => {
    switch (part.kind) {
      case 'stored':
      case 'remote':
        return `File ${parts.slice(0, index + 1).filter(isFile).length} of ${total}`;
      case 'tracks':
        return `${part.files.length} sounds`;
      case 'transcript':
        return 'Transcript';
      case 'texts':
        return 'Text';
      case 'json':
        return 'JSON';
      default:
        return assertNever(part);
    }
  });
}

const SIGNS = { video: Film, audio: AudioLines, model: Box, text: FileText, file: File } as const;

function Sign({ run, part }: { readonly run: Run; readonly part: Part }): ReactNode {
  switch (part.kind) {
    case 'stored': {
      if (part.viewer === 'image' || (part.viewer === 'video' && part.file.medium === 'video'))
        return <FileThumb run={run} file={part.file} />;
      const Icon = SIGNS[part.viewer];
      return <Icon size={16} aria-hidden />;
    }
    case 'tracks':
      return <ListMusic size={16} aria-hidden />;
    case 'remote':
      return <CircleAlert size={16} aria-hidden className="text-danger" />;
    case 'transcript':
      return <Captions size={16} aria-hidden />;
    case 'texts':
      return <Type size={16} aria-hidden />;
    case 'json':
      return <Braces size={16} aria-hidden />;
    default:
      return assertNever(part);
  }
}
