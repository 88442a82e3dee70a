import { useId } from 'react';
import type { ReactNode } from 'react';
import { TopBar } from '../app/top-bar.tsx';
import type { Theme } from '../../shared/ipc/app.ts';
import { ask } from '../bridge.ts';
import { SavingSettings } from '../saving/saving-settings.tsx';
import { ShelfSettings } from '../shelf/shelf-settings.tsx';
import { useApp } from '../stores/app.ts';
import { Button } from '../ui/button.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Switch } from '../ui/switch.tsx';
import { Group } from './group.tsx';
import { Keys } from './keys.tsx';
import { Storage } from './storage.tsx';
import { Spending } from './spending.tsx';

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: 'dark', label: 'Dark' },
  { value: 'light', label: 'Light' },
  { value: 'system', label: 'As the system' },
];

export function Settings(): ReactNode {
  const info = useApp((state) => state.info);
  const setTheme = useApp((state) => state.setTheme);
  const singleKeys = useApp((state) => state.switches.singleKeys);
  const setSwitch = useApp((state) => state.setSwitch);
  const notify = useApp((state) => state.switches.notify);
  const aboutKeys = useId();
  const aboutEnds = useId();
  return (
    <>
      <TopBar>
        <h1 className="font-medium">Settings</h1>
      </TopBar>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto max-w-2xl space-y-8 p-8">
          <Keys />
          <Spending />
          <Group title="Appearance">
            <Segmented
              label="Theme"
              options={THEMES}
              value={info?.theme ?? null}
              onChange={(theme) => theme !== null && void setTheme(theme)}
            />
          </Group>
          <Group title="Keyboard">
            <div className="flex items-center gap-4">
              <div className="min-w-0 flex-1">
                <p>Single-key shortcuts</p>
                <p id={aboutKeys} className="text-soft">
                  In Realtime, F freezes the picture, K keeps it, I shows the instruments, and V the full
                  view. In the history, / leads to the search, and [ and ] from run to run.
                </p>
              </div>
              <Switch
                label="Single-key shortcuts"
                describedBy={aboutKeys}
                checked={singleKeys}
                onChange={(on) => void setSwitch('singleKeys', on)}
              />
            </div>
          </Group>
          <Group title="Notifications">
            <div className="flex items-center gap-4">
              <div className="min-w-0 flex-1">
                <p>Say when a run ends</p>
                <p id={aboutEnds} className="text-soft">
                  While another window is in front. Runs that end close together are told of in one word.
                </p>
              </div>
              <Switch
                label="Say when a run ends"
                describedBy={aboutEnds}
                checked={notify}
                onChange={(on) => void setSwitch('notify', on)}
              />
            </div>
          </Group>
          <Group
            title="What is kept"
            text="Every request and result, with its files, in one folder on this computer."
          >
            <div className="flex items-center gap-3">
              <code className="field min-w-0 flex-1 truncate px-2.5 py-1.5 font-mono text-xs text-soft select-text">
                {info?.dataDir}
              </code>
              <Button onClick={() => void ask('app.showDataDir', null)}>Open folder</Button>
            </div>
          </Group>
          <Storage />
          <SavingSettings />
          <ShelfSettings />
          <p className="text-faint">
            {info?.name} {info?.version}
          </p>
        </div>
      </div>
    </>
  );
}
