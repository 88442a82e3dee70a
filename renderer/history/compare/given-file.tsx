import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { kindOfType } from '../../../shared/media/kind.ts';
import { useFiles } from '../../stores/files.ts';
import { mediaUrl } from '../../viewers/title.ts';

/** A file that a request was given: its name, and a stamp of a picture. */
export function GivenFile({ sha256 }: { readonly sha256: string }): ReactNode {
  const facts = useFiles((state) => state.facts[sha256]);
  const load = useFiles((state) => state.load);
  useEffect(() => {
    if (useFiles.getState().facts[sha256] === undefined) void load(sha256);
  }, [sha256, load]);
  if (facts === null) return <span className="text-faint">a file that is not here any more</span>;
  if (facts === undefined) return null;
  return (
    <span className="flex min-w-0 items-center gap-2">
      {kindOfType(facts.contentType) === 'image' && (
        <img src={mediaUrl({ sha256 })} alt="" className="size-8 shrink-0 rounded-sm object-cover" />
      )}
      <span className="truncate">{facts.fileName}</span>
    </span>
  );
}
