import { useEffect } from 'react';
import { isBareId } from '../../shared/fal/paste/address.ts';
import { readPaste } from '../../shared/fal/paste/paste.ts';
import type { Pasted } from '../../shared/fal/paste/paste.ts';
import { useApp } from '../stores/app.ts';
import { useMarks } from '../stores/marks.ts';
import { useModels } from '../stores/models.ts';
import { takePaste } from './take-paste.ts';

/** On the Playground, what is pasted while nothing is being written is taken for a model or a request. */
export function useGlobalPaste(): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const { screen, pickerOpen } = useApp.getState();
      if (event.defaultPrevented || screen !== 'playground' || pickerOpen || isWriting(event.target)) return;
      const data = event.clipboardData;
      if (data === null || data.files.length > 0) return;
      const text = data.getData('text');
      const pasted = readPaste(text);
      if (pasted.kind === 'nothing' || isOtherWord(text, pasted)) return;
      event.preventDefault();
      void takePaste(pasted);
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);
}

/** Many a word has a slash in it (`image/png`, `24/7`): alone, it is an id where it names a model that is known here. */
function isOtherWord(text: string, pasted: Pasted): boolean {
  if (pasted.kind !== 'model' || pasted.values !== null || !isBareId(text)) return false;
  const { starred, recent } = useMarks.getState();
  const { endpointId } = pasted;
  return !useModels.getState().byId.has(endpointId) && ![...starred, ...recent].includes(endpointId);
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'));
