import { useEffect, useSyncExternalStore } from 'react';
import type { Run } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { storedMedia } from '../viewers/title.ts';
import { makeSmall } from './make-small.ts';
import { SmallLine } from './small-line.ts';
import type { SmallFile, SmallState } from './small-line.ts';

/** The one line of the window. */
export const smallPictures = new SmallLine(makeSmall);

const isDrawn = ({ medium }: Pick<SmallFile, 'medium'>): boolean => medium !== 'model' && medium !== 'file';

/** What a run brought is drawn small when it ends, so that lists have it at once. */
export function drawEnded(before: Run | undefined, now: Run): void {
  if (!isOver(now.state) || (before !== undefined && isOver(before.state))) return;
  for (const file of storedMedia(now)) if (isDrawn(file)) smallPictures.add(file);
}

/** How a file's small picture stands; has it made while whoever asks is in sight, unless it is known already. */
export function useSmallState(
  file: SmallFile,
  known: 'none' | 'made' | 'impossible',
): SmallState | undefined {
  const { sha256, medium, contentType, bytes } = file;
  const wanted = known === 'none' && isDrawn(file);
  useEffect(
    () => (wanted ? smallPictures.see({ sha256, medium, contentType, bytes }) : undefined),
    [wanted, sha256, medium, contentType, bytes],
  );
  const heard = useSyncExternalStore(smallPictures.subscribe, () => smallPictures.stateOf(sha256));
  return known === 'none' ? heard : known;
}
