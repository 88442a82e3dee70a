import type { StoredMedia } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { say, sayError } from '../ui/toasts.tsx';

/** Asks where to and copies a stored file there. */
export async function saveCopy({
  sha256,
  fileName,
}: Pick<StoredMedia, 'sha256' | 'fileName'>): Promise<void> {
  const answer = await ask('media.saveAs', { sha256, fileName });
  if (!answer.ok) sayError(answer.error);
  else if (answer.value) say('Saved');
}
