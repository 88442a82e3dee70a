import type { ReactNode } from 'react';
import type { Profile } from '../../shared/ipc/profiles.ts';
import { useProfiles } from '../stores/profiles.ts';
import { Button } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';

type Other = Exclude<Profile, { kind: 'key' }>;

function about(profile: Other): string {
  switch (profile.kind) {
    case 'environment':
      return `From ${profile.variables}. It is changed where the app is started, not here.`;
    case 'keyless':
      return 'Browse the models without a key. To run one, add a key.';
    case 'demo':
      return 'A small model on this computer. No key, no cost, no network.';
  }
}

/** What can be used and not changed. */
export function ProfileRow({ profile }: { readonly profile: Other }): ReactNode {
  return (
    <li aria-label={profile.name} className="flex items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <h3 className="truncate font-medium">{profile.name}</h3>
        <p className="text-soft">{about(profile)}</p>
      </div>
      <UseButton profile={profile} />
    </li>
  );
}

/** One button in both states, so that the focus stays on it when it is pressed. */
export function UseButton({ profile }: { readonly profile: Profile }): ReactNode {
  const active = useProfiles((state) => state.active === profile.id);
  const use = useProfiles((state) => state.use);
  return (
    <Button
      look={active ? 'quiet' : 'plain'}
      aria-disabled={active}
      aria-label={active ? `In use: ${profile.name}` : `Use ${profile.name}`}
      className={cx('w-16', active && 'pointer-events-none')}
      onClick={() => {
        if (!active) void use(profile.id);
      }}
    >
      {active ? 'In use' : 'Use'}
    </Button>
  );
}
