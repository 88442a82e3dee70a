import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Profile } from '../../shared/ipc/profiles.ts';
import { useProfiles } from '../stores/profiles.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { say } from '../ui/toasts.tsx';

const KEY_NOTES: Readonly<Record<Profile['keySource'], string>> = {
  'built-in': '',
  environment: 'Uses the key from the environment (FAL_KEY).',
  session: 'Uses the key typed here. It is kept in memory until the app quits, and written nowhere.',
  none: 'There is no key yet.',
};

/** One place requests can go to, and its key. */
export function ProfileCard({ profile }: { readonly profile: Profile }): ReactNode {
  const active = useProfiles((state) => state.active === profile.id);
  const use = useProfiles((state) => state.use);
  const removeKey = useProfiles((state) => state.removeKey);
  return (
    <div className={cx('rounded-lg border bg-panel p-4', active ? 'border-edge' : 'border-line')}>
      <div className="flex items-center gap-3">
        <div className="min-w-0 flex-1">
          <h3 className="font-medium">{profile.name}</h3>
          <p className="truncate text-soft">{profile.about}</p>
        </div>
        {active ? (
          <span className="text-soft">In use</span>
        ) : (
          <Button aria-label={`Use ${profile.name}`} onClick={() => void use(profile.id)}>
            Use
          </Button>
        )}
      </div>
      {profile.takesKey && (
        <div className="mt-3 space-y-2 border-t border-line pt-3">
          <div className="flex items-center justify-between gap-3">
            <p className="text-soft">{KEY_NOTES[profile.keySource]}</p>
            {profile.keySource === 'session' && (
              <Button look="quiet" onClick={() => void removeKey(profile.id)}>
                Forget the key
              </Button>
            )}
          </div>
          <KeyEntry profile={profile} />
        </div>
      )}
    </div>
  );
}

/** The key is typed into a box React does not hold, sent once, and wiped. */
function KeyEntry({ profile }: { readonly profile: Profile }): ReactNode {
  const addKey = useProfiles((state) => state.addKey);
  const box = useRef<HTMLInputElement>(null);
  const id = useId();
  const [error, setError] = useState<AppError | null>(null);
  const add = async (): Promise<void> => {
    const input = box.current;
    if (input === null || input.value.trim() === '') return;
    const secret = input.value;
    input.value = '';
    const refused = await addKey(profile.id, secret);
    setError(refused);
    if (refused === null) say('The key is in use', 'Requests go out with it from now on.');
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <label htmlFor={id} className="block pb-1 text-soft">
        {profile.keySource === 'session' ? 'Another key' : 'Key'}
      </label>
      <div className="flex gap-2">
        <input
          id={id}
          ref={box}
          type="password"
          autoComplete="off"
          spellCheck={false}
          placeholder="key-id:key-secret"
          aria-invalid={error !== null}
          aria-describedby={error === null ? undefined : `${id}-error`}
          className="field h-8 min-w-0 flex-1 px-2.5 font-mono text-xs"
        />
        <Button type="submit">Use this key</Button>
      </div>
      {error !== null && (
        <p id={`${id}-error`} role="alert" className="pt-1 text-danger">
          {error.title}. {error.hint}
        </p>
      )}
    </form>
  );
}
