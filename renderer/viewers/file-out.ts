import type { DragEvent } from 'react';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { say, sayError } from '../ui/toasts.tsx';

let ownDrag = false;

/** Whether what is dragged over the window came out of it. */
export const isOwnDrag = (): boolean => ownDrag;

function beginOwnDrag(): void {
  ownDrag = true;
  const over = new AbortController();
  const end = (): void => {
    ownDrag = false;
    over.abort();
  };
  const { signal } = over;
  const onMove = ({ buttons }: PointerEvent): void => {
    // While the system carries it the pointer tells nothing; before that its button is down.
    if (buttons === 0) end();
  };
  window.addEventListener('pointermove', onMove, { signal });
  // Once it has left the window, where it is let go is not told: the next that comes in may be another.
  window.addEventListener('dragleave', ({ relatedTarget }) => relatedTarget === null && end(), { signal });
}

type Named = Pick<StoredMedia, 'sha256' | 'fileName'>;

/** Hands the drag over to the system, which then carries a real file. */
export async function dragOut(event: DragEvent, { sha256, fileName }: Named): Promise<void> {
  event.preventDefault();
  beginOwnDrag();
  const answer = await ask('media.drag', { sha256, fileName });
  if (!answer.ok) sayError(answer.error);
}

export async function showInFolder({ sha256, fileName }: Named): Promise<void> {
  const answer = await ask('media.show', { sha256, fileName });
  if (!answer.ok) sayError(answer.error);
  else
    say(
      'A copy is shown in its folder',
      'It is there until this program is closed. Save a copy to keep one.',
    );
}
