import { useEffect } from 'react';
import { useApp } from '../stores/app.ts';
import { useChosen } from '../stores/chosen.ts';

/** Escape steps back: out of what is compared, then what is selected is let go of, then the run that is open is closed. */
export function useStepBack(): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || event.defaultPrevented || event.isComposing) return;
      const { comparing, compare, ids, clear } = useChosen.getState();
      if (comparing !== null) compare(null);
      else if (ids.size > 0) clear();
      else useApp.getState().setOpenRun(null);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
