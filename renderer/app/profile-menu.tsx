import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Profile } from '../../shared/ipc/profiles.ts';
import { useApp } from '../stores/app.ts';
import { useActiveProfile, useProfiles, whatIsMissing } from '../stores/profiles.ts';
import { cx } from '../ui/cx.ts';

/** What is said beside a profile's name: what it lacks, or else where its key is from. */
function words(profile: Profile): string {
  const missing = whatIsMissing(profile);
  if (missing !== null) return missing;
  switch (profile.kind) {
    case 'environment':
      return profile.variables;
    case 'demo':
      return 'needs no key';
    case 'key':
    case 'keyless':
      return '';
  }
}

/** Which account requests go to, and the way to another. */
export function ProfileMenu(): ReactNode {
  const active = useActiveProfile();
  const profiles = useProfiles((state) => state.profiles);
  const server = useProfiles((state) => state.server);
  const use = useProfiles((state) => state.use);
  const go = useApp((state) => state.go);
  if (active === undefined) return null;
  const missing = whatIsMissing(active);
  const ready = missing === null;
  const local = server !== null && active.realm === 'local';
  return (
    <Menu.Root>
      <Menu.Trigger className="flex h-8 items-center gap-2 rounded-md px-2 text-soft hover:bg-hover hover:text-text data-popup-open:bg-hover">
        <span aria-hidden className={cx('size-2 rounded-full', ready ? 'bg-edge' : 'border border-edge')} />
        <span>
          <span className="sr-only">Profile: </span>
          <span className="inline-block max-w-48 truncate align-bottom">{active.name}</span>
          {local && active.kind !== 'keyless' && <span className="text-faint"> · local server</span>}
          {!ready && <span className="text-faint"> · {missing}</span>}
        </span>
        <ChevronDown size={14} aria-hidden className="text-faint" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-40 outline-hidden">
          <Menu.Popup className="w-72 rounded-lg border border-line bg-raised p-1 shadow-float outline-hidden">
            <Menu.Group>
              {server !== null && (
                <Menu.GroupLabel className="px-2 pt-1 pb-1.5 text-xs text-faint">
                  Local server <span className="font-mono text-soft">{server}</span>
                </Menu.GroupLabel>
              )}
              <Menu.RadioGroup
                value={active.id}
                onValueChange={(id: unknown) => typeof id === 'string' && void use(id)}
              >
                {profiles.map((profile) => (
                  <Menu.RadioItem
                    key={profile.id}
                    value={profile.id}
                    closeOnClick
                    className="grid min-h-8 cursor-default grid-cols-[1fr_auto_16px] items-center gap-2 rounded-md px-2 outline-hidden data-highlighted:bg-hover"
                  >
                    <span className="truncate text-text">{profile.name}</span>
                    <span className="text-xs text-faint">{words(profile)}</span>
                    <Menu.RadioItemIndicator className="text-soft">
                      <Check size={14} aria-hidden />
                    </Menu.RadioItemIndicator>
                  </Menu.RadioItem>
                ))}
              </Menu.RadioGroup>
            </Menu.Group>
            <Menu.Separator className="mx-2 my-1 h-px bg-line" />
            <Menu.Item
              onClick={() => go('settings')}
              className="flex min-h-8 cursor-default items-center rounded-md px-2 text-text outline-hidden data-highlighted:bg-hover"
            >
              Keys and settings…
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
