import type { RunId } from '../../../shared/runs/run.ts';

let wanted: RunId | null = null;

/** The heading of the pane takes the focus when it shows this run, at once where it does. */
export function focusHeading(id: RunId): void {
  wanted = id;
  const there = document.querySelector<HTMLElement>(`[data-run-heading="${id}"]`);
  if (there !== null && takeWanted(id)) there.focus();
}

/** Whether the heading of this run was wanted; once. */
export function takeWanted(id: RunId): boolean {
  if (wanted !== id) return false;
  wanted = null;
  return true;
}
