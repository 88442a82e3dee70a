import type { ReactNode } from 'react';
import { useState } from 'react';
import type { Run } from '../../shared/runs/run.ts';
import { usePlayground } from '../stores/playground.ts';
import { useActiveProfile } from '../stores/profiles.ts';
import { Button } from '../ui/button.tsx';
import { say } from '../ui/toasts.tsx';

interface AgainProps {
  readonly run: Run;
  readonly label: string;
}

/** A new run of the same input, once: the button that may pay twice must not be one to press twice. */
export function Again({ run, label }: AgainProps): ReactNode {
  const again = usePlayground((state) => state.again);
  const active = useActiveProfile();
  const [pressed, setPressed] = useState(false);
  const press = async (): Promise<void> => {
    setPressed(true);
    if (await again(run)) say('Sent as a new run');
    else setPressed(false);
  };
  return (
    // A long name takes a second line: cut short, it could be another key's.
    <Button
      disabled={pressed}
      className="h-auto! min-h-8 shrink! py-1 text-left whitespace-normal!"
      onClick={() => void press()}
    >
      {/* Another account would pay than the run's own did. */}
      {active === undefined || active.id === run.profileId ? label : `${label} with ${active.name}`}
    </Button>
  );
}
