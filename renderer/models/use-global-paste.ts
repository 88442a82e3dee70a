import { useEffect } from 'react';
import { readPaste } from '../../shared/fal/paste/paste.ts';
import { useApp } from '../stores/app.ts';
import { takePaste } from './take-paste.ts';

/** On the Playground, what is pasted while nothing is being written is taken for a model or a request. */
export function useGlobalPaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { screen, pickerOpen } = useApp.getState();
      if (event.defaultPrevented || screen !== 'playground' || pickerOpen || isWriting(event.target)) return;
      const data = event.clipboardData;
      if (data === null || data.files.length > 0) return;
      const pasted = readPaste(data.getData('text'));
      if (pasted.kind === 'nothing') return;
      event.preventDefault();
      void takePaste(pasted);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
