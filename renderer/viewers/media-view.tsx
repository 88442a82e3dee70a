import { useState } from 'react';
import type { ReactNode } from 'react';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { FileView } from './file-view.tsx';
import { mediaUrl } from './title.ts';

/** A video as large as the room allows; what cannot be drawn here is still a file. */
export function MediaView({ file }: { readonly file: StoredMedia }): ReactNode {
  const src = mediaUrl(file);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const onError = (): void => setUnreadable(file.sha256);
  if (unreadable === file.sha256) return <FileView file={file} trouble="unreadable" />;
  return (
    <div className="flex min-h-0 flex-1 items-center justify-center p-4">
      {/* What a model makes comes without captions. */}
      {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
      <video
        src={src}
        onError={onError}
        controls
        loop
        playsInline
        aria-label={`Result: ${file.fileName}`}
        className="max-h-full max-w-full rounded-md"
      />
    </div>
  );
}
