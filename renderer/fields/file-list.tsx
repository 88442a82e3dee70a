import { useContext, useId, useState } from 'react';
import type { ClipboardEvent, DragEvent, ReactNode } from 'react';
import { flushSync } from 'react-dom';
import type { JsonValue } from '../../shared/json.ts';
import type { FileField, ListField } from '../../shared/schema/field.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { useFolds } from '../stores/folds.ts';
import { useRequests } from '../stores/requests.ts';
import { cx } from '../ui/cx.ts';
import { say } from '../ui/toasts.tsx';
import { isAddingAt } from '../stores/adding.ts';
import { ACCEPTS } from './file-field.tsx';
import { handFile } from './handed-files.ts';
import { MOST_DRAWN } from './list-rows.tsx';
import { FormContext } from './place.ts';

interface FileListProps {
  readonly field: ListField;
  readonly path: Path;
  readonly items: readonly JsonValue[];
}

/** Gives each of several files a row of its own at the end of a list, in place of rows that are empty. */
function useManyFiles({ field, path, items }: FileListProps): (files: FileList) => void {
  const { endpointId } = useContext(FormContext);
  const arrange = useRequests((state) => state.arrange);
  return (files) => {
    const place = pointerOf(path);
    // A row whose file is under way holds nothing yet, and is not empty.
    const isFree = (index: number): boolean =>
      items[index] === '' && !isAddingAt(endpointId, `${place}/${index}`);
    const kept = items.filter((_, index) => !isFree(index));
    const taken = [...files].slice(0, (field.maxItems ?? Infinity) - kept.length);
    flushSync(() => {
      const { setOpen } = useFolds.getState();
      setOpen(endpointId, place, true);
      // It is the rows that take their files in.
      if (kept.length + taken.length > MOST_DRAWN) setOpen(endpointId, `${place}#all`, true);
      for (let index = items.length - 1; index >= 0; index -= 1)
        if (isFree(index)) arrange(endpointId, path, { kind: 'remove', index });
    });
    taken.forEach((file, i) => handFile(endpointId, `${place}/${kept.length + i}`, file));
    flushSync(() => arrange(endpointId, path, { kind: 'add', values: taken.map(() => '') }));
    const left = files.length - taken.length;
    if (left > 0)
      say(`${left} of ${files.length} files were left out`, `No more than ${field.maxItems} fit here.`);
  };
}

/** Around a list of files: several at once, or one beside the rows, are taken here; one on a row is the row's. */
export function FileListDrop(props: FileListProps & { readonly children: ReactNode }): ReactNode {
  const take = useManyFiles(props);
  const [over, setOver] = useState(false);
  const isMine = (files: FileList, target: EventTarget): boolean =>
    files.length > 1 ||
    (files.length === 1 && target instanceof Element && target.closest('[data-row]') === null);
  const onDrag = (event: DragEvent): void => {
    if (!event.dataTransfer.types.includes('Files')) return;
    event.preventDefault();
    setOver(true);
  };
  const onDrop = (event: DragEvent): void => {
    setOver(false);
    if (!isMine(event.dataTransfer.files, event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    take(event.dataTransfer.files);
  };
  const onPaste = (event: ClipboardEvent): void => {
    if (event.clipboardData.files.length < 2) return;
    event.preventDefault();
    event.stopPropagation();
    take(event.clipboardData.files);
  };
  return (
    // Dropping and pasting are short ways to what the chooser within does.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div
      onDragEnter={onDrag}
      onDragOver={onDrag}
      onDragLeave={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      }}
      onDropCapture={onDrop}
      onPasteCapture={onPaste}
      className={cx('rounded-md', over && 'outline-1 outline-offset-4 outline-edge')}
    >
      {props.children}
    </div>
  );
}

interface ChooseFilesProps extends FileListProps {
  readonly item: FileField;
  /** Beside the list's name, where there is little room. */
  readonly short?: boolean;
}

/** The system's dialog, for as many files as one likes. */
export function ChooseFiles(props: ChooseFilesProps): ReactNode {
  const take = useManyFiles(props);
  const id = useId();
  const { field, item, items, short = false } = props;
  if (items.length >= (field.maxItems ?? Infinity)) return null;
  return (
    <>
      <input
        id={id}
        type="file"
        multiple
        accept={ACCEPTS[item.medium]}
        aria-label={`Choose files for ${field.label}`}
        onChange={({ target }) => {
          if (target.files !== null && target.files.length > 0) take(target.files);
          target.value = '';
        }}
        className="peer sr-only"
      />
      <label
        htmlFor={id}
        className="-mx-2 flex h-7 items-center rounded-md px-2 whitespace-nowrap text-soft select-none peer-focus-visible:outline-2 peer-focus-visible:outline-accent hover:bg-hover hover:text-text"
      >
        {short ? 'Choose' : 'Choose files'}
      </label>
    </>
  );
}
