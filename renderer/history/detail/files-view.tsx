import type { ReactNode } from 'react';
import type { Run, RunMedia, StoredMedia } from '../../../shared/runs/run.ts';
import { useRuns } from '../../stores/runs.ts';
import { useStorage } from '../../stores/storage.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { useNow } from '../../ui/use-now.ts';
import { FileActions } from '../../viewers/file-actions.tsx';
import { FileThumb } from '../../viewers/file-thumb.tsx';
import { pathText } from '../../viewers/json-path.ts';
import { filesKeptWords } from '../../viewers/kept-there.ts';
import { fileSize } from '../../viewers/words.ts';
import { FileSign } from './file-sign.tsx';

/** The files of a result, each with what is known of it and what can be done with it. */
export function FilesView({ run }: { readonly run: Run }): ReactNode {
  const kept = filesKeptWords(run, useNow(false));
  return (
    <>
      <ul
        aria-label="Files of the result"
        className="relative min-h-0 flex-1 divide-y divide-line overflow-y-auto px-4"
      >
        {run.media.map((file) => (
          <li key={pathText(file.path)} className="py-3">
            {file.kind === 'stored' ? <Stored run={run} file={file} /> : <Away run={run} file={file} />}
          </li>
        ))}
      </ul>
      {kept !== null && <p className="tabular shrink-0 border-t border-line px-4 py-2 text-soft">{kept}</p>}
    </>
  );
}

function Stored({ run, file }: { readonly run: Run; readonly file: StoredMedia }): ReactNode {
  const { fileName, contentType, bytes, width, height, sha256, medium, path } = file;
  const size = width === null || height === null ? [] : [`${width} × ${height}`];
  const gone = useStorage((state) => state.troubles[sha256]) !== undefined;
  const small = !gone && (medium === 'image' || medium === 'video');
  return (
    <div className="flex items-start gap-3">
      <div className="flex size-14 shrink-0 items-center justify-center overflow-hidden rounded-md bg-hover text-faint">
        {small ? <FileThumb run={run} file={file} /> : <FileSign medium={medium} />}
      </div>
      <div className="min-w-0 flex-1">
        <p className="break-all select-text">{fileName}</p>
        <p className="tabular text-soft" title={`${bytes.toLocaleString('en-US')} bytes`}>
          {[contentType, ...size, fileSize(bytes)].join(' · ')}
        </p>
        {gone && <p className="text-danger">Not here as it was kept: its preview says more.</p>}
        <p className="truncate font-mono text-xs text-faint select-text" title={`SHA-256 ${sha256}`}>
          {pathText(path)} · {sha256}
        </p>
      </div>
      <span className="flex shrink-0 items-center">
        <FileActions file={file} beside={false} />
      </span>
    </div>
  );
}

function Away({
  run,
  file,
}: {
  readonly run: Run;
  readonly file: Extract<RunMedia, { kind: 'remote' }>;
}): ReactNode {
  const fetchMedia = useRuns((state) => state.fetchMedia);
  // An address that is not opened will not be opened the next time either.
  const final = file.error.kind === 'protocol';
  return (
    <>
      <ErrorNote
        error={file.error}
        action={!final && <Button onClick={() => void fetchMedia(run.id)}>Fetch again</Button>}
      />
      <p className="truncate pt-1 font-mono text-xs text-faint select-text" title={file.url}>
        {pathText(file.path)} · {file.url}
      </p>
    </>
  );
}
