import type { ReactNode } from 'react';
import { useApp } from '../stores/app.ts';
import { Switch } from '../ui/switch.tsx';
import { Tip } from '../ui/tip.tsx';

const MEANING =
  'On, the request holds every default of the model beside what you set, and is sent so. ' +
  'Off, it holds what is required and what you changed, and fal fills in the rest.';

/** What a request holds. It decides what is shown and what is sent, so that both are the same. */
export function HoldsSwitch(): ReactNode {
  const changedOnly = useApp((state) => state.switches.changedOnly);
  const setSwitch = useApp((state) => state.setSwitch);
  return (
    <Tip text={MEANING} side="bottom">
      <span className="flex shrink-0 items-center gap-2 text-soft">
        <Switch
          label="With defaults"
          checked={!changedOnly}
          onChange={(all) => void setSwitch('changedOnly', !all)}
        />
        With defaults
      </span>
    </Tip>
  );
}
