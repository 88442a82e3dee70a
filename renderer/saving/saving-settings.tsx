import { useEffect, useId } from 'react';
import type { ReactNode } from 'react';
import { ask } from '../bridge.ts';
import { Group } from '../settings/group.tsx';
import { useSaving } from '../stores/saving.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNote } from '../ui/error-note.tsx';
import { Switch } from '../ui/switch.tsx';
import { PatternField } from './pattern-field.tsx';

/** A folder of the person's own for the files of all results. */
export function SavingSettings(): ReactNode {
  const saving = useSaving((state) => state.saving);
  const load = useSaving((state) => state.load);
  const setOn = useSaving((state) => state.setOn);
  const chooseFolder = useSaving((state) => state.chooseFolder);
  const retry = useSaving((state) => state.retry);
  const setRequests = useSaving((state) => state.setRequests);
  const [about, aboutRequests] = [useId(), useId()];
  useEffect(() => void load(), [load]);
  if (saving === null) return null;
  const { on, folder, pattern, requests, trouble } = saving;
  return (
    <Group title="A folder for results">
      <div className="flex items-center gap-4">
        <div className="min-w-0 flex-1">
          <p>Copy new results into a folder</p>
          <p id={about} className="text-soft">
            Each file once, under a name that can be read. Nothing there is ever written over.
          </p>
        </div>
        <Switch
          label="Copy new results into a folder"
          describedBy={about}
          checked={on}
          onChange={(next) => void setOn(next)}
        />
      </div>
      {folder !== null && (
        <div className="flex items-center gap-3">
          <code
            title={folder}
            className="field min-w-0 flex-1 truncate px-2.5 py-1.5 font-mono text-xs text-soft select-text"
          >
            {folder}
          </code>
          <Button onClick={() => void chooseFolder()}>Change…</Button>
          <Button onClick={() => void ask('saving.showFolder', null)}>Open</Button>
        </div>
      )}
      {trouble !== null && (
        <ErrorNote
          error={trouble.error}
          action={
            <Button onClick={() => void retry()}>
              {trouble.waiting === 1 ? 'Copy the 1 that waits' : `Copy the ${trouble.waiting} that wait`}
            </Button>
          }
        />
      )}
      {on && <PatternField pattern={pattern} />}
      <div className="flex items-center gap-4">
        <div className="min-w-0 flex-1">
          <p>Write the request into saved PNG pictures</p>
          <p id={aboutRequests} className="text-soft">
            Drop such a picture on this window, and its request is there again. Whoever gets the picture can
            read its prompt. Your key and your files are never in it.
          </p>
        </div>
        <Switch
          label="Write the request into saved PNG pictures"
          describedBy={aboutRequests}
          checked={requests}
          onChange={(next) => void setRequests(next)}
        />
      </div>
    </Group>
  );
}
