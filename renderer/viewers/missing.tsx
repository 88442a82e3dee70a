import type { ReactNode } from 'react';
import type { Run, RunMedia } from '../../shared/runs/run.ts';
import { useRuns } from '../stores/runs.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Centre } from './centre.tsx';

interface MissingProps {
  readonly run: Run;
  readonly media: Extract<RunMedia, { kind: 'remote' }>;
}

/** A file that could not be copied: where it is, why, and the way to try again. */
export function Missing({ run, media }: MissingProps): ReactNode {
  const fetchMedia = useRuns((state) => state.fetchMedia);
  // An address that is not opened will not be opened the next time either.
  const final = media.error.kind === 'protocol';
  return (
    <Centre>
      <ErrorNote
        error={media.error}
        action={!final && <Button onClick={() => void fetchMedia(run.id)}>Fetch again</Button>}
      />
    </Centre>
  );
}
