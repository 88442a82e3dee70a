import { FileX } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';
import type { FileTrouble } from '../../shared/ipc/storage.ts';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { useStorage } from '../stores/storage.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { State } from '../ui/state.tsx';

interface GoneFileProps {
  readonly file: StoredMedia;
  readonly trouble: FileTrouble;
}

/** In the place of a file that is not here, or not as it was kept: why, and the way to have it again. */
export function GoneFile({ file, trouble }: GoneFileProps): ReactNode {
  const fetchAgain = useStorage((state) => state.fetchAgain);
  const dismiss = useStorage((state) => state.dismiss);
  const [error, setError] = useState<AppError | null>(null);
  const [busy, setBusy] = useState(false);
  const fetchIt = async (place: HTMLElement | null): Promise<void> => {
    setBusy(true);
    setError(null);
    const failure = await fetchAgain(file.sha256);
    setBusy(false);
    setError(failure);
    // The button is gone with what it mended.
    if (failure === null) place?.focus({ preventScroll: true });
  };
  const [title, why] = wordsOf(trouble);
  const from = file.url === '' ? NO_ADDRESS : FROM_FAL;
  return (
    <div role="status" className="flex min-h-0 flex-1 flex-col overflow-y-auto">
      <State
        icon={<FileX size={40} strokeWidth={1.25} aria-hidden />}
        title={title}
        text={
          <>
            <span className="break-all select-text">{file.fileName}</span>: {why} {from}
          </>
        }
        action={
          <>
            {file.url !== '' && (
              <Button
                disabled={busy}
                onClick={(event) => void fetchIt(event.currentTarget.closest('[data-output]'))}
              >
                {busy ? 'Downloading…' : 'Download again'}
              </Button>
            )}
            {trouble.kind === 'altered' && (
              <Button look="quiet" onClick={() => dismiss(file.sha256)}>
                Show it as it is
              </Button>
            )}
          </>
        }
      />
      {error !== null && (
        <div className="mx-auto pb-8">
          <ErrorNote error={error} />
        </div>
      )}
    </div>
  );
}

const FROM_FAL = 'The run is kept with its address; fal may still have the file.';
const NO_ADDRESS = 'It came within the answer itself and has no address. The request is kept: run it again.';

function wordsOf({ kind, at }: FileTrouble): readonly [title: string, why: string] {
  switch (kind) {
    case 'missing':
      return [
        'This file is not here any more',
        'It was removed from the folder of the history by something else.',
      ];
    case 'altered':
      return [
        'This file is not what was kept',
        'Its bytes on this computer were changed, or the disk has lost some.',
      ];
    case 'taken_away': {
      const day =
        at === null ? '' : ` on ${new Date(at).toLocaleDateString(undefined, { dateStyle: 'medium' })}`;
      return ['Taken away to keep within the limit', `It made room for newer files${day}.`];
    }
  }
}
