import {
  AudioLines,
  Ban,
  Box,
  CircleAlert,
  Clock,
  File,
  Film,
  Image,
  LoaderCircle,
  Type,
} from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Run } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { FileThumb } from './file-thumb.tsx';
import { storedMedia } from './title.ts';

const ICONS = { image: Image, video: Film, audio: AudioLines, model: Box, file: File } as const;

interface RunThumbProps {
  readonly run: Run;
  /** Whether the picture fills the place or is whole in it. */
  readonly fit?: 'cover' | 'contain';
}

/** A run the size of a stamp: its first picture, or a sign of what it is. Decorative: its button carries the name. */
export function RunThumb({ run, fit = 'cover' }: RunThumbProps): ReactNode {
  const files = storedMedia(run);
  const picture = files.find((file) => file.medium === 'image');
  const [unreadable, setUnreadable] = useState(false);
  if (picture !== undefined && !unreadable)
    return <FileThumb run={run} file={picture} fit={fit} onUnreadable={() => setUnreadable(true)} />;
  return (
    <span className="flex size-full items-center justify-center bg-hover text-faint">
      {signOf(run, run.media[0]?.medium)}
    </span>
  );
}

function signOf(run: Run, medium: keyof typeof ICONS | undefined): ReactNode {
  if (run.state.kind === 'waiting') return <Clock size={16} aria-hidden />;
  if (!isOver(run.state))
    return <LoaderCircle size={16} aria-hidden className="animate-spin motion-reduce:animate-none" />;
  if (run.state.kind === 'cancelled') return <Ban size={16} aria-hidden />;
  if (run.state.kind !== 'succeeded') return <CircleAlert size={16} aria-hidden className="text-danger" />;
  const Icon = medium === undefined ? Type : ICONS[medium];
  return <Icon size={16} aria-hidden />;
}
