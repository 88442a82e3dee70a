import { Pencil, Share, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Preset } from '../../shared/ipc/presets.ts';
import { LONGEST_PRESET_NAME } from '../../shared/presets.ts';
import { ask } from '../bridge.ts';
import { usePresets } from '../stores/presets.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { say, sayError, sayWithUndo } from '../ui/toasts.tsx';
import { textOf } from '../viewers/title.ts';
import { beginWith } from './begin-with.ts';

interface PresetRowProps {
  readonly endpointId: string;
  readonly preset: Preset;
  readonly onFilled: () => void;
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });

/** One preset, and what can be done with it. */
export function PresetRow({ endpointId, preset, onFilled }: PresetRowProps): ReactNode {
  const { name, input, at } = preset;
  const [renaming, setRenaming] = useState(false);
  const add = usePresets((state) => state.add);
  const remove = usePresets((state) => state.remove);
  const row = useRef<HTMLLIElement>(null);
  const fill = (): void => {
    onFilled();
    beginWith(endpointId, input, `Filled from the preset “${name}”`);
  };
  const removeIt = async (): Promise<void> => {
    // The neighbour is read before the row goes, so that the focus has a place to be.
    const next = row.current?.nextElementSibling ?? row.current?.previousElementSibling;
    if (!(await remove(endpointId, name))) return;
    next?.querySelector('button')?.focus();
    sayWithUndo(`Removed “${name}”`, undefined, () => void add(endpointId, name, input));
  };
  const share = async (): Promise<void> => {
    const answer = await ask('presets.share', { endpointId, name });
    if (!answer.ok) return sayError(answer.error);
    if (answer.value === null) return;
    const { filesLeftOut: left } = answer.value;
    say(
      'Saved as a file',
      left === 0 ? undefined : `Without ${left === 1 ? 'a file' : `${left} files`} of this computer.`,
    );
  };
  return (
    <li ref={row} className="flex min-h-12 items-center gap-2 py-1.5 pr-2 pl-4">
      {renaming ? (
        <Renaming endpointId={endpointId} name={name} onDone={() => setRenaming(false)} />
      ) : (
        <>
          <div className="min-w-0 flex-1">
            <p className="truncate">{name}</p>
            <p className="truncate text-xs text-faint">
              {day.format(at)}
              {textOf(input) !== undefined && ` · ${textOf(input)}`}
            </p>
          </div>
          <Button className="h-7 px-2" aria-label={`Fill in ${name}`} onClick={fill}>
            Fill in
          </Button>
          <IconButton label={`Rename ${name}`} onClick={() => setRenaming(true)}>
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton label={`Share ${name}`} onClick={() => void share()}>
            <Share size={14} aria-hidden />
          </IconButton>
          <IconButton label={`Remove ${name}`} onClick={() => void removeIt()}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </>
      )}
    </li>
  );
}

function Renaming(props: {
  readonly endpointId: string;
  readonly name: string;
  readonly onDone: () => void;
}): ReactNode {
  const { endpointId, name, onDone } = props;
  const rename = usePresets((state) => state.rename);
  const box = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<AppError | null>(null);
  const submit = async (): Promise<void> => {
    const to = box.current?.value.trim() ?? '';
    const refused = to === '' || to === name ? null : await rename(endpointId, name, to);
    setError(refused);
    if (refused === null) onDone();
  };
  return (
    <form
      className="min-w-0 flex-1"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <div className="flex gap-2">
        <input
          ref={box}
          aria-label={`New name of ${name}`}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by a press to type right here
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          defaultValue={name}
          maxLength={LONGEST_PRESET_NAME}
          autoComplete="off"
          aria-invalid={error !== null}
          className="field h-8 min-w-0 flex-1 px-2.5"
        />
        <Button type="submit">Save</Button>
        <Button look="quiet" onClick={onDone}>
          Cancel
        </Button>
      </div>
      <p role="status" className="text-danger">
        {error?.title}
      </p>
    </form>
  );
}
