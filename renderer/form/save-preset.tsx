import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { LONGEST_PRESET_NAME, samePresetName } from '../../shared/presets.ts';
import { usePresets } from '../stores/presets.ts';
import { useRequests } from '../stores/requests.ts';
import { Button } from '../ui/button.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { say } from '../ui/toasts.tsx';
import { textOf } from '../viewers/title.ts';

interface SavePresetProps {
  readonly endpointId: string;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}

/** Asks for the name under which the request is put by. */
export function SavePreset({ endpointId, open, onOpen }: SavePresetProps): ReactNode {
  return (
    <Sheet title="Save as a preset" open={open} onOpen={onOpen} className="w-96 max-w-full">
      <NameForm endpointId={endpointId} onDone={() => onOpen(false)} />
    </Sheet>
  );
}

function NameForm(props: { readonly endpointId: string; readonly onDone: () => void }): ReactNode {
  const { endpointId, onDone } = props;
  const draft = useRequests((state) => state.drafts[endpointId]) ?? {};
  const mistyped = useRequests((state) => state.unread[endpointId]?.['']) !== undefined;
  const presets = usePresets((state) => state.presets[endpointId]) ?? [];
  const save = usePresets((state) => state.save);
  const [name, setName] = useState(() => (textOf(draft) ?? '').slice(0, 40).trim());
  const id = useId();
  const replaces = presets.find((one) => samePresetName(one.name, name));
  const submit = async (): Promise<void> => {
    if (!(await save(endpointId, name.trim(), draft))) return;
    say(`Saved as “${name.trim()}”`);
    onDone();
  };
  return (
    <form
      className="space-y-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '' && !mistyped) void submit();
      }}
    >
      <div className="space-y-1.5">
        <label htmlFor={id} className="block text-soft">
          Name
        </label>
        <input
          id={id}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          onFocus={(event) => event.currentTarget.select()}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by a press to type right here
          autoFocus
          maxLength={LONGEST_PRESET_NAME}
          autoComplete="off"
          aria-describedby={`${id}-said`}
          className="field h-8 w-full px-2.5"
        />
        <p id={`${id}-said`} role="status" className="min-h-5 text-soft">
          {mistyped
            ? 'What is typed as JSON cannot be read yet, so there is nothing to save.'
            : replaces !== undefined && `Takes the place of “${replaces.name}”.`}
        </p>
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button look="primary" type="submit" disabled={name.trim() === '' || mistyped}>
          Save
        </Button>
      </div>
    </form>
  );
}
