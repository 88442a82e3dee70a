import { useRef } from 'react';
import type { ReactNode } from 'react';
import { MOST_PRESET_TEXT } from '../../shared/presets.ts';
import { ask } from '../bridge.ts';
import { useApp } from '../stores/app.ts';
import { usePlayground } from '../stores/playground.ts';
import { usePresets } from '../stores/presets.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { State } from '../ui/state.tsx';
import { sayError, sayProblem } from '../ui/toasts.tsx';
import { beginWith, openWith } from './begin-with.ts';
import { PresetRow } from './preset-row.tsx';

interface PresetSheetProps {
  readonly endpointId: string;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** The model's presets, to be filled in, renamed, given away and removed; and the way in for those of others. */
export function PresetSheet({ endpointId, open, onOpen }: PresetSheetProps): ReactNode {
  const presets = usePresets((state) => state.presets[endpointId]) ?? [];
  const file = useRef<HTMLInputElement>(null);
  const close = (): void => onOpen(false);
  return (
    <Sheet title="Presets" open={open} onOpen={onOpen} className="w-[34rem] max-w-full">
      {presets.length === 0 ? (
        <div className="py-8">
          <State
            title="No preset of this model yet"
            text="“Save as a preset…” puts the request by under a name."
          />
        </div>
      ) : (
        <ul className="min-h-0 flex-1 divide-y divide-line overflow-y-auto">
          {presets.map((preset) => (
            <PresetRow key={preset.name} endpointId={endpointId} preset={preset} onFilled={close} />
          ))}
        </ul>
      )}
      <div className="flex shrink-0 items-center justify-between gap-3 border-t border-line px-4 py-3">
        <p className="text-soft">A preset of someone else’s is a file.</p>
        <Button onClick={() => file.current?.click()}>Open a preset…</Button>
        <input
          ref={file}
          type="file"
          accept=".json,application/json"
          hidden
          onChange={(event) => {
            const [chosen] = event.currentTarget.files ?? [];
            event.currentTarget.value = '';
            if (chosen !== undefined) void openFile(chosen, endpointId, close);
          }}
        />
      </div>
    </Sheet>
  );
}

/** Keeps the preset of a file, and opens its model with it. */
async function openFile(file: File, inSight: string, onOpened: () => void): Promise<void> {
  if (file.size > MOST_PRESET_TEXT)
    return sayProblem('This file is too large', 'A preset is a small JSON file.');
  const read = await ask('presets.read', { text: await file.text() });
  if (!read.ok) return sayError(read.error);
  const { endpointId, input } = read.value;
  const name = await usePresets.getState().add(endpointId, read.value.name, input);
  if (name === null) return;
  onOpened();
  const said = `Filled from the preset “${name}”`;
  if (endpointId === inSight) return beginWith(endpointId, input, said);
  useApp.getState().go('playground');
  const { open } = usePlayground.getState();
  await openWith({ endpointId, input, said, detail: `Opened ${endpointId}` }, () => open(endpointId, input));
}
