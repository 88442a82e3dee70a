import { useMemo } from 'react';
import type { ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { useApp } from '../stores/app.ts';
import { useChosen } from '../stores/chosen.ts';
import { useFound } from '../stores/found.ts';
import { trashRuns } from './actions.ts';
import { RunPane } from './detail/run-pane.tsx';

/** The run that is open, among those that were found. */
export function RunDetail({ id, onClose }: { readonly id: RunId; readonly onClose: () => void }): ReactNode {
  const ids = useFound((state) => state.ids);
  const setText = useFound((state) => state.setText);
  const at = useMemo(() => ids?.indexOf(id) ?? -1, [ids, id]);
  return (
    <RunPane
      id={id}
      before={ids?.[at - 1] ?? null}
      after={at === -1 ? null : (ids?.[at + 1] ?? null)}
      onOpen={(next) => {
        useApp.getState().setOpenRun(next);
        // The keys of the list go on from where one is.
        useChosen.getState().startAt(next);
      }}
      onFind={setText}
      onTrash={(gone) => void trashRuns([gone])}
      onClose={onClose}
    />
  );
}
