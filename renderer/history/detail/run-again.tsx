import { useState } from 'react';
import type { ReactNode } from 'react';
import type { JsonObject } from '../../../shared/json.ts';
import type { Run } from '../../../shared/runs/run.ts';
import { usePlayground } from '../../stores/playground.ts';
import { useActiveProfile } from '../../stores/profiles.ts';
import { rollSeed } from '../../stores/roll-seed.ts';
import { say } from '../../ui/toasts.tsx';
import { MenuButton } from './menu-button.tsx';
import { seedField, seedOf, withSeed } from './seeds.ts';
import { useModelForm } from './use-model-form.ts';

/** The same request once more, as a run of its own: with the seed it was made with, or another. */
export function RunAgain({ run }: { readonly run: Run }): ReactNode {
  const again = usePlayground((state) => state.again);
  const active = useActiveProfile();
  const known = useModelForm(run.endpointId);
  const [sending, setSending] = useState(false);
  const send = async (input: JsonObject): Promise<void> => {
    // A second press would pay twice.
    setSending(true);
    const sent = await again({ ...run, input });
    setSending(false);
    if (sent) say('Sent as a new run', 'It is the newest of the history.');
  };
  const field = seedField(known.kind === 'form' ? known.form : null);
  const seed = field === null ? null : seedOf(run, field.name);
  const entries =
    field === null || seed === null
      ? [{ label: 'The same request', run: () => void send(run.input) }]
      : [
          {
            label: `With the same seed, ${seed}`,
            run: () => void send(withSeed(run.input, field.name, seed)),
          },
          {
            label: 'With a new seed',
            run: () => void send(withSeed(run.input, field.name, rollSeed(field))),
          },
        ];
  // Another account would pay than the run's own did.
  const other = active !== undefined && active.id !== run.profileId;
  return (
    <MenuButton
      label={other ? `Run again with ${active.name}` : 'Run again'}
      disabled={sending}
      entries={entries}
    />
  );
}
