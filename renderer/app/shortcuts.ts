import { useEffect } from 'react';
import { isOver } from '../../shared/runs/transitions.ts';
import { useApp } from '../stores/app.ts';
import { useJobs } from '../stores/jobs.ts';
import { useLive } from '../stores/live.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRuns } from '../stores/runs.ts';
import { currentRun } from '../stores/shown-run.ts';

/** Keys that work everywhere. Written with Mod: ⌘ on a Mac, Ctrl elsewhere. */
const shortcuts: Readonly<Record<string, () => void>> = {
  'Mod+k': () => useApp.getState().openPicker(!useApp.getState().pickerOpen),
  'Mod+j': () => {
    const { pickerOpen, immersed } = useApp.getState();
    // The bar it opens from is not in sight then.
    if (!pickerOpen && !immersed) useJobs.getState().setOpen(!useJobs.getState().open);
  },
  'Mod+1': () => useApp.getState().go('playground'),
  'Mod+2': () => useApp.getState().go('realtime'),
  'Mod+3': () => useApp.getState().go('history'),
  'Mod+,': () => useApp.getState().go('settings'),
  'Mod+Enter': () => {
    const { screen, pickerOpen } = useApp.getState();
    if (pickerOpen) return;
    if (screen === 'playground') void usePlayground.getState().run();
    if (screen === 'realtime') useLive.getState().start();
  },
};

/** Escape stops the run in sight, unless it closes something that is open over it. A whole batch has a button for that. */
function cancelShown(): void {
  if (usePlayground.getState().batch !== null) return;
  const run = currentRun();
  if (run !== undefined && !isOver(run.state)) void useRuns.getState().cancel(run.id);
}

export function useShortcuts(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      // A key that ends the composing of a character means that and nothing else.
      if (event.isComposing) return;
      if (event.key === 'Escape' && !event.defaultPrevented && useApp.getState().screen === 'playground') {
        const popups = [...document.querySelectorAll('[role="dialog"], [role="menu"], [role="listbox"]')];
        // Closed lists stay in the page, hidden; a passing word is a dialog by its role and nothing that Escape closes.
        const open = popups.some(
          (popup) => popup.checkVisibility() && popup.closest('[data-toasts]') === null,
        );
        if (!open) cancelShown();
        return;
      }
      if (!event.metaKey && !event.ctrlKey) return;
      const action = shortcuts[`Mod+${event.key.length === 1 ? event.key.toLowerCase() : event.key}`];
      if (action === undefined) return;
      event.preventDefault();
      // A held key repeats; a run that costs money must not.
      if (!event.repeat) action();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
