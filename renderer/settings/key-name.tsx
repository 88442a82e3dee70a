import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';
import { LONGEST_NAME } from '../../shared/key-name.ts';
import type { KeyProfile } from '../../shared/ipc/profiles.ts';
import { useProfiles } from '../stores/profiles.ts';
import { Button } from '../ui/button.tsx';

interface KeyNameProps {
  readonly profile: KeyProfile;
  readonly onClose: () => void;
}

/** A key's name while it is changed, where it stands. */
export function KeyName({ profile, onClose }: KeyNameProps): ReactNode {
  const renameKey = useProfiles((state) => state.renameKey);
  const box = useRef<HTMLInputElement>(null);
  const id = useId();
  const [error, setError] = useState<AppError | null>(null);
  const save = async (): Promise<void> => {
    const name = box.current?.value ?? profile.name;
    const refused = name === profile.name ? null : await renameKey(profile.id, name);
    setError(refused);
    if (refused === null) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="flex gap-2">
        <input
          ref={box}
          aria-label={`Name of ${profile.name}`}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- opened by a press to type right here
          autoFocus
          onFocus={(event) => event.currentTarget.select()}
          defaultValue={profile.name}
          maxLength={LONGEST_NAME}
          autoComplete="off"
          spellCheck={false}
          aria-invalid={error !== null}
          aria-describedby={`${id}-error`}
          className="field h-8 min-w-0 flex-1 px-2.5"
        />
        <Button type="submit">Save</Button>
      </div>
      <p id={`${id}-error`} role="status" className="text-danger">
        {error?.title}
      </p>
    </form>
  );
}
