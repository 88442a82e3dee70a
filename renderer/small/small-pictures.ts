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

interface Small {
  readonly state: SmallState | undefined;
  /** Where it is once it is made; another after it was lost, for the window remembers what it read. */
  readonly address: string;
}

/** How a file's small picture stands; has it made while whoever asks is in sight, unless it is known already. */
export function useSmall(file: SmallFile, known: 'none' | 'made' | 'impossible'): Small {
  const { sha256, medium, contentType, bytes } = file;
  const lost = useSyncExternalStore(smallPictures.subscribe, () => smallPictures.wasLost(sha256));
  const unknown = known === 'none' || lost;
  const wanted = unknown && isDrawn(file);
  useEffect(
    () => (wanted ? smallPictures.see({ sha256, medium, contentType, bytes }) : undefined),
    [wanted, sha256, medium, contentType, bytes],
  );
  const heard = useSyncExternalStore(smallPictures.subscribe, () => smallPictures.stateOf(sha256));
  return { state: unknown ? heard : known, address: `/thumb/${sha256}${lost ? '?again' : ''}` };
}
