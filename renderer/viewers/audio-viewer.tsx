import { useState } from 'react';
import type { ReactNode } from 'react';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { Track } from './audio/track.tsx';
import { usePlayer } from './audio/use-player.ts';
import { FileView } from './file-view.tsx';
import { saveCopy } from './save-copy.ts';
import { mediaUrl } from './title.ts';

/** One sound, as large as is of use. */
export function AudioViewer({ file }: { readonly file: StoredMedia }): ReactNode {
  const player = usePlayer();
  const [unreadable, setUnreadable] = useState(false);
  if (unreadable) return <FileView file={file} trouble="unreadable" />;
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center overflow-y-auto p-8">
      <div className="w-full max-w-2xl">
        <Track
          player={player}
          src={mediaUrl(file)}
          bytes={file.bytes}
          name={`Result: ${file.fileName}`}
          tall
          onError={() => setUnreadable(true)}
        />
      </div>
    </div>
  );
}

/** Several sounds of one result under each other, as the stems of a song; one plays at a time. */
export function TracksViewer({ files }: { readonly files: readonly StoredMedia[] }): ReactNode {
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-6">
      <ul aria-label="Sounds of this result" className="mx-auto max-w-2xl space-y-6">
        {files.map((file) => (
          <li key={file.path.join('/')}>
            <OneTrack file={file} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function OneTrack({ file }: { readonly file: StoredMedia }): ReactNode {
  const player = usePlayer();
  const [unreadable, setUnreadable] = useState(false);
  if (unreadable) return <FileView file={file} trouble="unreadable" />;
  return (
    <Track
      player={player}
      src={mediaUrl(file)}
      bytes={file.bytes}
      name={`Result: ${file.fileName}`}
      title={titleOf(file)}
      onError={() => setUnreadable(true)}
      onSave={() => void saveCopy(file)}
    />
  );
}

/** "vocals"; numbered in a list: "audio 2". */
function titleOf({ path }: StoredMedia): string {
  return path.map((step) => (typeof step === 'number' ? step + 1 : step.replaceAll('_', ' '))).join(' ');
}
