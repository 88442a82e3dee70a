import { useEffect, useState } from 'react';
import type { MediaFacts } from '../../shared/ipc/media.ts';
import { referencedShas } from '../../shared/media/reference.ts';
import { kindOfType } from '../../shared/media/kind.ts';
import type { Run } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { storedMedia } from './title.ts';
import { viewerOf } from './choose-viewer.ts';

/** A sound or a video on this computer in which a transcript's words are heard. */
export interface SpokenFile {
  readonly kind: 'audio' | 'video';
  readonly sha256: string;
  readonly fileName: string;
  readonly bytes: number;
}

/** What the words of a run's transcript are heard in: a sound or video it made, else one it was given; null for none here. */
export function useSpokenFile(run: Run): SpokenFile | null {
  const made = madeBy(run);
  const [given, setGiven] = useState<SpokenFile | null>(null);
  const shas = made === null ? referencedShas(run.input).join(' ') : '';
  useEffect(() => {
    let gone = false;
    void (async () => {
      for (const sha256 of shas.split(' ').filter(Boolean)) {
        const answer = await ask('media.facts', { sha256 });
        if (gone) return;
        const spoken = answer.ok && answer.value !== null ? spokenOf(answer.value) : null;
        if (spoken !== null) {
          setGiven(spoken);
          return;
        }
      }
    })();
    return () => {
      gone = true;
    };
  }, [shas]);
  return made ?? given;
}

function madeBy(run: Run): SpokenFile | null {
  for (const file of storedMedia(run)) {
    const kind = viewerOf(file);
    if (kind === 'audio' || kind === 'video')
      return { kind, sha256: file.sha256, fileName: file.fileName, bytes: file.bytes };
  }
  return null;
}

function spokenOf({ sha256, contentType, fileName, bytes }: MediaFacts): SpokenFile | null {
  const kind = kindOfType(contentType);
  return kind === 'audio' || kind === 'video' ? { kind, sha256, fileName, bytes } : null;
}
