import { Minimize2 } from 'lucide-react';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ReactNode, RefObject } from 'react';
import { useApp } from '../stores/app.ts';
import { IconButton } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { CaptureButtons } from './capture-bar.tsx';
import { InstrumentsButton, LinkState } from './stage-bar.tsx';

const FADES_AFTER_MS = 2500;

/** Over the picture alone: what is needed most. It fades while the pointer rests, and is there for whoever tabs to it. */
export function FullViewBar(): ReactNode {
  const immerse = useApp((state) => state.immerse);
  const [resting, setResting] = useState(false);
  const bar = useRef<HTMLDivElement>(null);
  useFocusHere(bar);
  useEffect(() => {
    let timer = setTimeout(() => setResting(true), FADES_AFTER_MS);
    const moved = (): void => {
      clearTimeout(timer);
      setResting(false);
      timer = setTimeout(() => setResting(true), FADES_AFTER_MS);
    };
    window.addEventListener('pointermove', moved);
    window.addEventListener('keydown', moved);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pointermove', moved);
      window.removeEventListener('keydown', moved);
    };
  }, []);
  return (
    <div
      ref={bar}
      role="group"
      aria-label="Full view"
      tabIndex={-1}
      className={cx(
        'absolute inset-x-0 top-4 mx-auto flex w-fit items-center gap-2 rounded-lg border border-line bg-panel p-2 pl-3 shadow-float outline-hidden transition-opacity duration-120 has-[:focus-visible]:opacity-100 hover:opacity-100',
        resting && 'opacity-0',
      )}
    >
      <LinkState />
      <span className="mx-1 h-5 w-px bg-line" />
      <CaptureButtons />
      <InstrumentsButton />
      <IconButton label="Leave full view" shortcut="Esc" onClick={() => immerse(false)}>
        <Minimize2 size={14} aria-hidden />
      </IconButton>
    </div>
  );
}

/** What had the focus is out of sight now; it gets it back when it is there again. */
function useFocusHere(here: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const before = document.activeElement;
    here.current?.focus();
    return () => {
      requestAnimationFrame(() => {
        const back = before instanceof HTMLElement && before.isConnected && before !== document.body;
        (back ? before : document.querySelector<HTMLElement>('[data-full-view]'))?.focus();
      });
    };
  }, [here]);
}
