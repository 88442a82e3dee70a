import { useContext } from 'react';
import type { ReactNode } from 'react';
import type { Lora } from '../../shared/ipc/shelf.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Field } from '../../shared/schema/field.ts';
import type { Path } from '../../shared/schema/path.ts';
import { hasTrigger, withTrigger } from '../../shared/shelf/find-loras.ts';
import { fieldElement, focusWithin } from '../fields/focus-row.ts';
import { FormContext, within } from '../fields/place.ts';
import { useRequests } from '../stores/requests.ts';
import { useShelf } from '../stores/shelf.ts';
import { ShelfPick } from './shelf-pick.tsx';

interface LoraToolsProps {
  readonly fields: readonly Field[];
  readonly path: Path;
  readonly object: JsonObject;
}

/** Under the path of weights: those of the shelf, and the word that the prompt lacks. */
export function LoraTools({ fields, path, object }: LoraToolsProps): ReactNode {
  const { endpointId } = useContext(FormContext);
  const set = useRequests((state) => state.set);
  const pick = (lora: Lora): void => {
    set(endpointId, within(path, 'path'), lora.path);
    if (fields.some(({ name }) => name === 'scale')) set(endpointId, within(path, 'scale'), lora.scale);
  };
  return (
    <div className="flex flex-wrap items-center gap-x-3">
      <ShelfPick onPick={pick} />
      <MissingTrigger path={object['path']} />
    </div>
  );
}

/** Weights do nothing in a prompt without their word: said once they are in use, and mended by a press. */
function MissingTrigger({ path }: { readonly path: JsonObject[string] | undefined }): ReactNode {
  const { endpointId } = useContext(FormContext);
  const word = useShelf((state) =>
    typeof path === 'string' && path !== ''
      ? state.loras.find((lora) => lora.path === path)?.triggerWord
      : '',
  );
  const prompt = useRequests((state) => {
    const form = state.forms[endpointId];
    const field = form?.kind === 'form' ? form.form.fields.find(({ name }) => name === 'prompt') : undefined;
    if (field?.kind !== 'text') return null;
    const value = state.drafts[endpointId]?.['prompt'] ?? field.default ?? '';
    return typeof value === 'string' ? value : null;
  });
  const set = useRequests((state) => state.set);
  if (word === undefined || word === '' || prompt === null || hasTrigger(prompt, word)) return null;
  return (
    <p className="flex min-w-0 items-center gap-1 text-xs text-soft">
      <span className="truncate">The prompt lacks “{word}”.</span>
      <button
        type="button"
        aria-label={`Put “${word}” into the prompt`}
        onClick={() => {
          set(endpointId, ['prompt'], withTrigger(prompt, word));
          // This button goes with what it mends.
          focusWithin(fieldElement(document, '/prompt'));
        }}
        className="h-6 shrink-0 rounded-sm px-1 text-text underline underline-offset-2 hover:bg-hover"
      >
        Put it in
      </button>
    </p>
  );
}
