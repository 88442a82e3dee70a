import type { ReactNode } from 'react';
import type { ChosenRuns } from '../../shared/ipc/transfer.ts';
import type { RunId } from '../../shared/runs/run.ts';
import { useFound } from '../stores/found.ts';
import { useTransfer } from '../stores/transfer.ts';
import { ActionMenu } from '../ui/action-menu.tsx';
import type { MenuAction } from '../ui/action-menu.tsx';
import { chosenOf } from './chosen-of.ts';
import { useImports } from './use-imports.ts';

/** The history's ways out and in, at the end of its bar: all that is found now goes out, without being chosen. */
export function OutMenu(): ReactNode {
  const text = useFound((state) => state.text);
  const none = useFound((state) => state.ids === null || state.ids.length === 0);
  const imports = useImports();
  const out = useOut(none, text.trim() === '' ? 'all' : 'what is found');
  const chosen: ChosenRuns = { kind: 'search', text };
  return <ActionMenu label="Export and import" actions={[...out(() => chosen), ...imports]} />;
}

/** The same for runs that were chosen, in the bar that acts on them. */
export function ExportChosen({ ids }: { readonly ids: () => readonly RunId[] }): ReactNode {
  const out = useOut(false, null);
  return <ActionMenu label="Export" actions={out(() => chosenOf(ids()))} />;
}

function useOut(
  none: boolean,
  what: string | null,
): (chosen: () => ChosenRuns | null) => readonly MenuAction[] {
  const give = useTransfer((state) => state.export);
  const costs = useTransfer((state) => state.costs);
  const busy = useTransfer((state) => state.transfer !== null);
  const disabled = none || busy;
  const named = what === null ? '' : ` ${what}`;
  const sent = (act: (chosen: ChosenRuns) => Promise<void>, chosen: ChosenRuns | null): void => {
    if (chosen !== null) void act(chosen);
  };
  return (chosen) => [
    { label: `Export${named} as a zip…`, disabled, run: () => sent((runs) => give(runs, 'zip'), chosen()) },
    {
      label: `Export${named} as a folder…`,
      disabled,
      run: () => sent((runs) => give(runs, 'folder'), chosen()),
    },
    {
      label: `Costs${what === null ? '' : ` of ${what}`} as CSV…`,
      disabled,
      run: () => sent(costs, chosen()),
    },
  ];
}
