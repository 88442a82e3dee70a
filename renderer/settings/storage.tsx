import { useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import type { Room } from '../../shared/ipc/storage.ts';
import { ask, listen } from '../bridge.ts';
import { PurgeSheet } from '../history/purge-sheet.tsx';
import { useImports } from '../history/use-imports.ts';
import { useStorage } from '../stores/storage.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { fileSize } from '../viewers/words.ts';
import { FileCheck } from './file-check.tsx';
import { Group } from './group.tsx';
import { QuotaField } from './quota-field.tsx';

/** Milliseconds in which changes gather before the sizes are read again. */
const GATHER = 500;

/** What the history takes of the disk, how much it may, and whether its files are well. */
export function Storage(): ReactNode {
  const room = useStorage((state) => state.room);
  const error = useStorage((state) => state.error);
  const load = useStorage((state) => state.load);
  useEffect(() => {
    void load();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = listen('history.changed', () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void load();
      }, GATHER);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [load]);
  return (
    <Group title="Storage" text="What the history takes of this computer’s disk.">
      {error !== null && (
        <ErrorNote error={error} action={<Button onClick={() => void load()}>Try again</Button>} />
      )}
      {room !== null && (
        <div className="divide-y divide-line rounded-lg border border-line bg-panel">
          <Sizes room={room} />
          <QuotaField room={room} />
          <FileCheck />
          <Trash />
          <Import />
        </div>
      )}
    </Group>
  );
}

function Sizes({ room }: { readonly room: Room }): ReactNode {
  const { files, small, database, free } = room;
  return (
    <dl className="tabular grid grid-cols-4 divide-x divide-line max-[720px]:grid-cols-2">
      <Size name="Files" value={fileSize(files.bytes)} note={filesWords(files.files)} />
      <Size name="Small pictures" value={fileSize(small.bytes)} note={filesWords(small.files)} />
      <Size name="Database" value={fileSize(database)} note="texts and logs" />
      <Size name="Free on the disk" value={free === null ? 'not known' : fileSize(free)} note="" />
    </dl>
  );
}

const filesWords = (files: number): string =>
  files === 1 ? '1 file' : `${files.toLocaleString('en-US')} files`;

function Size({
  name,
  value,
  note,
}: {
  readonly name: string;
  readonly value: string;
  readonly note: string;
}): ReactNode {
  return (
    <div className="min-w-0 p-4">
      <dt className="text-soft">{name}</dt>
      <dd>
        <span className="block text-lg whitespace-nowrap">{value}</span>
        <span className="block min-h-5 text-faint">{note}</span>
      </dd>
    </div>
  );
}

function Import(): ReactNode {
  return (
    <div className="flex flex-wrap items-start gap-4 p-4">
      <div className="min-w-60 flex-1">
        <p>Import</p>
        <p className="text-soft">
          Takes in runs that this app exported, with their files. What is here already stays as it is.
        </p>
      </div>
      <div className="flex gap-2">
        {useImports().map(({ label, disabled = false, run }) => (
          <Button key={label} disabled={disabled} onClick={run}>
            {label}
          </Button>
        ))}
      </div>
    </div>
  );
}

function Trash(): ReactNode {
  const [trashed, setTrashed] = useState<number | null>(null);
  const [emptying, setEmptying] = useState(false);
  useEffect(() => {
    const count = async (): Promise<void> => {
      const answer = await ask('history.facets', { text: 'is:trashed' });
      if (answer.ok) setTrashed(answer.value.trashed);
    };
    void count();
    return listen('history.changed', () => void count());
  }, []);
  return (
    <div className="flex items-start gap-4 p-4">
      <div className="min-w-0 flex-1">
        <p>Trash</p>
        <p className="tabular text-soft">{trashed === null ? '' : trashWords(trashed)}</p>
      </div>
      {/* Stays when it has done its work, so that the focus does. */}
      <Button
        aria-disabled={trashed === 0}
        className={trashed === 0 ? 'opacity-50' : ''}
        onClick={() => setEmptying(trashed !== 0)}
      >
        Empty the trash…
      </Button>
      <PurgeSheet title="Empty the trash?" ids={null} open={emptying} onOpen={setEmptying} />
    </div>
  );
}

const trashWords = (runs: number): string =>
  runs === 0
    ? 'Nothing is in it.'
    : `${runs === 1 ? '1 run is' : `${runs.toLocaleString('en-US')} runs are`} in it, with the files only they name.`;
