import { Clock, Lock } from 'lucide-react';
import { useRef } from 'react';
import type { ReactNode } from 'react';
import { ask } from '../bridge.ts';
import { useProfiles } from '../stores/profiles.ts';
import { Group } from './group.tsx';
import { KeyForm } from './key-form.tsx';
import { KeyRow } from './key-row.tsx';
import { ProfileRow } from './profile-row.tsx';

const DASHBOARD = 'https://fal.ai/dashboard/keys';

/** Where requests go and with which key; where keys are held, and why there. */
export function Keys(): ReactNode {
  const profiles = useProfiles((state) => state.profiles);
  const server = useProfiles((state) => state.server);
  const { backend, why } = useProfiles((state) => state.keychain);
  const all = useRef<HTMLDivElement>(null);
  const Held = backend === 'session' ? Clock : Lock;
  return (
    <div ref={all}>
      <Group
        title="Keys"
        text={
          server === null ? (
            'Requests go to fal with the key in use. Runs already under way go on with theirs.'
          ) : (
            <>
              Requests go to the <span className="text-text">Local server</span>{' '}
              <code className="font-mono text-xs text-text select-text">{server}</code> in place of fal.
            </>
          )
        }
      >
        <ul className="divide-y divide-line rounded-lg border border-line bg-panel">
          {profiles.map((profile) =>
            profile.kind === 'key' ? (
              <KeyRow
                key={profile.id}
                profile={profile}
                onRemoved={() => all.current?.querySelector('h2')?.focus()}
              />
            ) : (
              <ProfileRow key={profile.id} profile={profile} />
            ),
          )}
        </ul>
        <p className="flex items-start gap-2 px-1 text-soft">
          <Held size={14} aria-hidden className="mt-[3px] shrink-0 text-faint" />
          {why}
        </p>
        <div className="rounded-lg border border-line bg-panel p-4">
          <KeyForm title="Add a key" replaces={null}>
            <p className="text-faint">
              Tested before it is stored.{' '}
              {server === null && (
                <button
                  type="button"
                  className="rounded-sm underline underline-offset-2 hover:text-text"
                  onClick={() => void ask('app.openExternal', { url: DASHBOARD })}
                >
                  Keys at fal.ai
                </button>
              )}
            </p>
          </KeyForm>
        </div>
      </Group>
    </div>
  );
}
