import { Box, File } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { fileSize } from './words.ts';
import { assertNever } from '../../shared/result.ts';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { State } from '../ui/state.tsx';
import { mediaUrl } from './title.ts';

/** One file of a result as what it is, as large as the room allows; what cannot be drawn here is still a file. */
export function MediaView({ file }: { readonly file: StoredMedia }): ReactNode {
  const src = mediaUrl(file);
  const [unreadable, setUnreadable] = useState<string | null>(null);
  const onError = (): void => setUnreadable(file.sha256);
  const medium = unreadable === file.sha256 ? 'file' : file.medium;
  switch (medium) {
    case 'image':
      return (
        <div className="flex min-h-0 flex-1 items-center justify-center p-4">
          <img
            src={src}
            onError={onError}
            alt={`Result: ${file.fileName}`}
            decoding="async"
            className="max-h-full max-w-full rounded-md object-contain"
            {...(file.width === null || file.height === null
              ? {}
              : { width: file.width, height: file.height })}
          />
        </div>
      );
    case 'video':
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
    case 'audio':
      return (
        <div className="flex min-h-0 flex-1 items-center justify-center p-8">
          {/* oxlint-disable-next-line jsx-a11y/media-has-caption */}
          <audio
            src={src}
            onError={onError}
            controls
            aria-label={`Result: ${file.fileName}`}
            className="w-full max-w-lg"
          />
        </div>
      );
    case 'model':
    case 'file': {
      const Icon = medium === 'model' ? Box : File;
      return (
        <State
          icon={<Icon size={40} strokeWidth={1.25} aria-hidden />}
          title={file.fileName}
          text={`${file.contentType} · ${fileSize(file.bytes)}. It is kept on this computer; save a copy to use it elsewhere.`}
        />
      );
    }
    default:
      return assertNever(medium);
  }
}
