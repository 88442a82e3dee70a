import { AudioLines, Box, File, Film, Image } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoredMedia } from '../../../shared/runs/run.ts';

const SIGNS = { image: Image, video: Film, audio: AudioLines, model: Box, file: File } as const;

/** What sort of file it is. Decorative. */
export function FileSign({ medium }: Pick<StoredMedia, 'medium'>): ReactNode {
  const Sign = SIGNS[medium];
  return <Sign size={20} strokeWidth={1.5} aria-hidden />;
}
