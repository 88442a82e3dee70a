import { Box, File, FileArchive, FileWarning } from 'lucide-react';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { typeName } from '../../shared/media/type-name.ts';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { ask } from '../bridge.ts';
import { useStorage } from '../stores/storage.ts';
import { Button } from '../ui/button.tsx';
import { State } from '../ui/state.tsx';
import { GoneFile } from './gone-file.tsx';
import { saveCopy } from './save-copy.ts';
import { fileSize } from './words.ts';

interface FileViewProps {
  readonly file: StoredMedia;
  /** Why it is not shown as what it is: its bytes cannot be read so, or words of the viewer's own. */
  readonly trouble?: 'unreadable' | { readonly why: string };
}

/** A file as a name, a kind and a size, to be saved. */
export function FileView({ file, trouble }: FileViewProps): ReactNode {
  const gone = useStorage((state) => state.troubles[file.sha256]);
  const look = useStorage((state) => state.look);
  const isTroubled = trouble !== undefined;
  useEffect(() => void lookAt(file.sha256, isTroubled, look), [file.sha256, isTroubled, look]);
  if (gone !== undefined) return <GoneFile file={file} trouble={gone} />;
  const kind = typeName(file.contentType, file.fileName);
  const Icon =
    trouble === 'unreadable'
      ? FileWarning
      : file.medium === 'model'
        ? Box
        : /archive/i.test(kind)
          ? FileArchive
          : File;
  const why =
    trouble === undefined
      ? ''
      : trouble === 'unreadable'
        ? ' It cannot be shown: it is damaged, or of a kind that cannot be read here.'
        : ` ${trouble.why}`;
  return (
    <div role={trouble === undefined ? undefined : 'status'} className="flex min-h-0 flex-1 overflow-y-auto">
      <State
        icon={<Icon size={40} strokeWidth={1.25} aria-hidden />}
        title={<span className="break-all select-text">{file.fileName}</span>}
        text={`${kind} · ${fileSize(file.bytes)}.${why} It is kept on this computer; save it to use it elsewhere.`}
        action={<Button onClick={() => void saveCopy(file)}>Save the file…</Button>}
      />
    </div>
  );
}

/** One that cannot be read is read as a whole; of any other it is enough that it is there, for it may be of gigabytes. */
async function lookAt(
  sha256: string,
  troubled: boolean,
  look: (sha256: string) => Promise<void>,
): Promise<void> {
  const facts = troubled ? null : await ask('media.facts', { sha256 });
  if (facts === null || (facts.ok && facts.value === null)) await look(sha256);
}
