import type { ReactNode } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { useApp } from '../stores/app.ts';
import { useFound } from '../stores/found.ts';
import { RunPane } from './detail/run-pane.tsx';

/** The run that is open, among those of the list. */
export function RunDetail({ id, onClose }: { readonly id: RunId; readonly onClose: () => void }): ReactNode {
  const ids = useFound((state) => state.ids) ?? [];
  const setText = useFound((state) => state.setText);
  const setOpen = useApp((state) => state.setOpenRun);
  const at = ids.indexOf(id);
  return (
    <RunPane
      id={id}
      before={ids[at - 1] ?? null}
      after={at === -1 ? null : (ids[at + 1] ?? null)}
      onOpen={setOpen}
      onFind={setText}
      onClose={onClose}
    />
  );
}
