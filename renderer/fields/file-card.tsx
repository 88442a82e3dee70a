import { AudioLines, Box, File, FileX, Film, Image } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { extensionFor } from '../../shared/media/file-name.ts';
import { kindOfType } from '../../shared/media/kind.ts';
import { mediaUrl } from '../viewers/title.ts';
import { clock, fileSize } from '../viewers/words.ts';
import type { Measured } from '../stores/measure-media.ts';
import { useStoredFile } from './use-stored-file.ts';

const ICONS = { image: Image, video: Film, audio: AudioLines, model: Box, file: File } as const;

/** A file of this computer that a request names: its picture or a sign of what it is, its name, its size. */
export function StoredFileCard({ sha256 }: { readonly sha256: string }): ReactNode {
  const { facts, measured } = useStoredFile(sha256);
  if (facts === undefined) return <Card thumb={null} title=" " facts=" " />;
  if (facts === null)
    return (
      <Card
        thumb={<FileX size={18} aria-hidden className="text-danger" />}
        title="This file is gone"
        facts="Choose it again."
      />
    );
  const { contentType, bytes, fileName } = facts;
  return (
    <Card
      thumb={<Thumb key={sha256} src={mediaUrl(facts)} contentType={contentType} />}
      title={fileName}
      facts={[typeName(contentType), fileSize(bytes), ...measureWords(measured)].join(' · ')}
      exactly={`${bytes.toLocaleString('en-US')} bytes`}
    />
  );
}

/** "1024 × 768", "0:05". */
function measureWords(measured: Measured | undefined): readonly string[] {
  if (measured === undefined) return [];
  const { width, height, duration } = measured;
  return [
    ...(width === null || height === null ? [] : [`${width} × ${height}`]),
    ...(duration === null ? [] : [clock(Math.max(duration, 1) * 1000)]),
  ];
}

/** A file that lies in the request itself. */
export function DataUriCard({ uri }: { readonly uri: string }): ReactNode {
  const contentType = /^data:([^;,]*)/.exec(uri)?.[1]?.toLowerCase() ?? '';
  return (
    <Card
      thumb={<Thumb key={uri} src={uri} contentType={contentType} />}
      title="Data URI"
      facts={`${typeName(contentType)} · ${fileSize(uri.length)} of text`}
    />
  );
}

interface CardProps {
  readonly thumb: ReactNode;
  readonly title: string;
  readonly facts: string;
  /** Said where the facts are rounded. */
  readonly exactly?: string;
}

function Card({ thumb, title, facts, exactly }: CardProps): ReactNode {
  return (
    <div className="flex min-w-48 flex-1 items-center gap-3">
      <div className="flex size-14 shrink-0 items-center justify-center overflow-hidden rounded-md bg-hover text-faint">
        {thumb}
      </div>
      <div className="min-w-0">
        <p className="truncate text-text" title={title}>
          {title}
        </p>
        <p className="tabular text-xs text-faint" title={exactly}>
          {facts}
        </p>
      </div>
    </div>
  );
}

/** Decorative: the name stands beside it. */
export function Thumb({
  src,
  contentType,
}: {
  readonly src: string;
  readonly contentType: string;
}): ReactNode {
  const [unreadable, setUnreadable] = useState(false);
  const kind = kindOfType(contentType);
  const Icon = ICONS[kind];
  if (kind === 'video' && !unreadable)
    return (
      <video
        // A little way in: many begin with black.
        src={`${src}#t=0.1`}
        muted
        preload="metadata"
        tabIndex={-1}
        aria-hidden
        onError={() => setUnreadable(true)}
        className="size-full object-cover"
      />
    );
  if (kind !== 'image' || unreadable) return <Icon size={20} strokeWidth={1.5} aria-hidden />;
  return (
    <img
      src={src}
      alt=""
      decoding="async"
      draggable={false}
      onError={() => setUnreadable(true)}
      className="size-full object-cover"
    />
  );
}

function typeName(contentType: string): string {
  const extension = extensionFor(contentType);
  return extension === 'bin' ? contentType || 'Unknown type' : extension.toUpperCase();
}
