import { Clipboard, Download, GripVertical, Link } from 'lucide-react';
import type { ReactNode } from 'react';
import { fieldFor } from '../../shared/schema/give-file.ts';
import type { StoredMedia } from '../../shared/runs/run.ts';
import { giveHere } from '../form/give.ts';
import { useGiving } from '../stores/giving.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRequests } from '../stores/requests.ts';
import { ActionMenu } from '../ui/action-menu.tsx';
import type { MenuAction } from '../ui/action-menu.tsx';
import { IconButton } from '../ui/button.tsx';
import { copyPicture } from './copy-picture.ts';
import { copyText } from './copy-text.ts';
import { dragOut, showInFolder } from './file-out.ts';
import { saveCopy } from './save-copy.ts';

interface FileActionsProps {
  readonly file: StoredMedia;
  /** Whether there is a form beside it that may take the file. */
  readonly beside: boolean;
}

/** What can be done with a file of a result. */
export function FileActions({ file, beside }: FileActionsProps): ReactNode {
  const here = useTakerHere(file);
  const choose = useGiving((state) => state.choose);
  const actions: readonly MenuAction[] = [
    ...(beside && here !== null
      ? [{ label: `Use as ${here.label} here`, run: () => giveHere(here.endpointId, file) }]
      : []),
    ...(file.medium === 'file'
      ? []
      : [{ label: 'Use as input of another model…', focuses: true, run: () => choose(file) }]),
    { label: 'Show in folder', run: () => void showInFolder(file) },
  ];
  return (
    <>
      <IconButton label="Save a copy…" onClick={() => void saveCopy(file)}>
        <Download size={14} aria-hidden />
      </IconButton>
      {file.medium === 'image' && (
        <IconButton label="Copy the picture" onClick={() => void copyPicture(file)}>
          <Clipboard size={14} aria-hidden />
        </IconButton>
      )}
      {file.url !== '' && (
        <IconButton label="Copy its address at fal" onClick={() => void copyText(file.url, 'Address')}>
          <Link size={14} aria-hidden />
        </IconButton>
      )}
      {/* For the pointer; whoever has none saves a copy or has it shown in its folder. */}
      <span
        aria-hidden
        draggable
        onDragStart={(event) => void dragOut(event, file)}
        title="Drag the file out of the window"
        className="flex size-7 shrink-0 cursor-grab items-center justify-center rounded-md text-faint hover:bg-hover hover:text-text"
      >
        <GripVertical size={14} />
      </span>
      <ActionMenu label="More to do with the file" actions={actions} />
    </>
  );
}

/** The open model and its field, where it takes such a file; null where it does not. */
function useTakerHere({
  contentType,
}: StoredMedia): { readonly endpointId: string; readonly label: string } | null {
  const endpointId = usePlayground((state) => state.endpointId);
  const form = useRequests((state) => (endpointId === null ? undefined : state.forms[endpointId]));
  if (endpointId === null || form?.kind !== 'form') return null;
  const field = fieldFor(form.form, contentType);
  return field === undefined ? null : { endpointId, label: `“${field.label}”` };
}
