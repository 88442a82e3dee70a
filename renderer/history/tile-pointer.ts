import type { DragEvent, MouseEvent } from 'react';
import type { RunId } from '../../shared/runs/run.ts';
import { useApp } from '../stores/app.ts';
import { useChosen } from '../stores/chosen.ts';
import { useFound } from '../stores/found.ts';
import { useRuns } from '../stores/runs.ts';
import { useCards } from '../stores/cards.ts';
import { focusHeading } from './detail/focus.ts';
import { dragOut } from '../viewers/file-out.ts';

/** A press opens the run; with Ctrl or Shift it selects, as everywhere. */
export function pressTile(event: MouseEvent, id: RunId): void {
  if (event.shiftKey) useChosen.getState().extendTo(useFound.getState().ids ?? [], id);
  else if (event.ctrlKey || event.metaKey) useChosen.getState().toggle(id);
  else {
    useChosen.getState().startAt(id);
    useApp.getState().setOpenRun(id);
    // Enter: who goes by the keyboard goes into what was opened.
    if (event.detail === 0) focusHeading(id);
  }
}

/** The check of a tile, for the pointer: it selects without opening. */
export function pressCheck(event: MouseEvent, id: RunId): void {
  event.stopPropagation();
  if (event.shiftKey) useChosen.getState().extendTo(useFound.getState().ids ?? [], id);
  else useChosen.getState().toggle(id);
}

/** Carries the file that stands for the run out of the window, under its own name. */
export async function dragTile(event: DragEvent, id: RunId): Promise<void> {
  const sha256 = useCards.getState().cards.get(id)?.thumb?.sha256;
  event.preventDefault();
  if (sha256 === undefined) return;
  await useRuns.getState().read(id);
  const file = useRuns
    .getState()
    .runs[id]?.media.find((item) => item.kind === 'stored' && item.sha256 === sha256);
  if (file?.kind === 'stored') await dragOut(event, file);
}
