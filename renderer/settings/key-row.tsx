import { KeyRound, Pencil, Trash2, TriangleAlert } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import type { KeyProfile } from '../../shared/ipc/profiles.ts';
import { useProfiles } from '../stores/profiles.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { say } from '../ui/toasts.tsx';
import { KeyForm } from './key-form.tsx';
import { KeyName } from './key-name.tsx';
import { UseButton } from './profile-row.tsx';

type Task = 'rename' | 'replace' | 'remove';

interface KeyRowProps {
  readonly profile: KeyProfile;
  /** The row is gone, and its buttons with it. */
  readonly onRemoved: () => void;
}

/** A named key: what it is called, how it stands, and what can be done to it. Its secret is never here. */
export function KeyRow({ profile, onRemoved }: KeyRowProps): ReactNode {
  const [task, setTask] = useState<Task | null>(null);
  const buttons = useRef<Partial<Record<Task, HTMLButtonElement | null>>>({});
  const row = useRef<HTMLLIElement>(null);
  const { name, state } = profile;
  const close = (): void => {
    if (task !== null) buttons.current[task]?.focus();
    setTask(null);
  };
  useEscape(row, task !== null, close);
  const button = (which: Task) => ({
    ref: (element: HTMLButtonElement | null) => {
      buttons.current[which] = element;
    },
    'aria-expanded': task === which,
    onClick: () => (task === which ? close() : setTask(which)),
  });
  return (
    <li ref={row} aria-label={name} className="px-4 py-3">
      <div className="flex items-center gap-3">
        <div className="flex min-h-10 min-w-0 flex-1 flex-col justify-center">
          {task === 'rename' ? (
            <KeyName profile={profile} onClose={close} />
          ) : (
            <>
              <h3 className="truncate font-medium">{name}</h3>
              <p className="flex items-start gap-1.5 text-soft">
                {state.kind !== 'ready' && (
                  <TriangleAlert size={14} aria-hidden className="mt-[3px] shrink-0 text-danger" />
                )}
                {standing(profile)}
              </p>
            </>
          )}
        </div>
        <div className="flex">
          <IconButton label={`Rename ${name}`} {...button('rename')}>
            <Pencil size={14} aria-hidden />
          </IconButton>
          <IconButton label={`Replace the key of ${name}`} {...button('replace')}>
            <KeyRound size={14} aria-hidden />
          </IconButton>
          <IconButton label={`Remove ${name}`} {...button('remove')}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
        <UseButton profile={profile} />
      </div>
      {state.kind !== 'ready' && task !== 'replace' && (
        <Button className="mt-2.5" onClick={() => setTask('replace')}>
          Enter the key again
        </Button>
      )}
      {task === 'replace' && (
        <div className="mt-3 border-t border-line pt-3">
          <KeyForm
            title={`New key for ${name}`}
            replaces={profile}
            onCancel={close}
            onStored={(tested) => {
              close();
              say(
                `“${name}” has a new key`,
                tested === 'accepted'
                  ? 'It was tested and accepted.'
                  : 'It is not tested yet: nobody could be reached.',
              );
            }}
          />
        </div>
      )}
      {task === 'remove' && <Removal profile={profile} onKeep={close} onRemoved={onRemoved} />}
    </li>
  );
}

/** Escape inside the element leaves what is open there. */
function useEscape(element: RefObject<HTMLElement | null>, open: boolean, close: () => void): void {
  const leave = useEffectEvent(close);
  useEffect(() => {
    if (!open) return undefined;
    const onKey = (event: KeyboardEvent): void => {
      const inside = event.target instanceof Node && element.current?.contains(event.target) === true;
      if (event.key === 'Escape' && inside) leave();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [element, open]);
}

/** The one line on how a key stands. */
function standing({ state, addedAt, tested }: KeyProfile): string {
  switch (state.kind) {
    case 'ready': {
      const day = new Date(addedAt).toLocaleDateString(undefined, { dateStyle: 'medium' });
      return tested ? `Added ${day}` : `Added ${day}, not tested yet`;
    }
    case 'unreadable':
      return state.hint === '' ? 'The key cannot be read. Enter it again.' : state.hint;
    case 'missing':
      return 'The key is not here any more: it was kept until the app quit. Enter it again.';
  }
}

interface RemovalProps {
  readonly profile: KeyProfile;
  readonly onKeep: () => void;
  readonly onRemoved: () => void;
}

/** What removing means, before it is done. */
function Removal({ profile, onKeep, onRemoved }: RemovalProps): ReactNode {
  const removeKey = useProfiles((state) => state.removeKey);
  const { id, name } = profile;
  const remove = async (): Promise<void> => {
    if (!(await removeKey(id))) return;
    onRemoved();
    say(`“${name}” was removed`);
  };
  return (
    <div role="group" aria-label={`Remove ${name}?`} className="mt-3 space-y-3 border-t border-line pt-3">
      <p className="text-soft">
        <span className="text-text">Remove “{name}” from this computer?</span> Runs under way go on with it
        until the app quits; after that they can be followed only once it is added again. At fal the key stays
        valid until it is revoked there.
      </p>
      <div className="flex gap-2">
        <Button className="text-danger!" onClick={() => void remove()}>
          Remove the key
        </Button>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- a press too many must not remove */}
        <Button look="quiet" autoFocus onClick={onKeep}>
          Keep it
        </Button>
      </div>
    </div>
  );
}
