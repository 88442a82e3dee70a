import { mediumWords } from '../../shared/media/input.ts';
import { giveFile } from '../../shared/schema/give-file.ts';
import { inSentence } from '../../shared/schema/labels.ts';
import { useApp } from '../stores/app.ts';
import type { GivenMedia } from '../stores/giving.ts';
import { useModels } from '../stores/models.ts';
import { usePlayground } from '../stores/playground.ts';
import { useRequests } from '../stores/requests.ts';
import { sayProblem } from '../ui/toasts.tsx';
import { beginWith } from './begin-with.ts';

/** Puts a file into the field of an open model's form that takes it; what stood there comes back by Undo. */
export function giveHere(endpointId: string, file: GivenMedia): void {
  const { forms, drafts } = useRequests.getState();
  const form = forms[endpointId];
  // The form says itself why there is none.
  if (form?.kind !== 'form') return;
  const name = useModels.getState().byId.get(endpointId)?.name ?? endpointId;
  const given = giveFile(form.form, drafts[endpointId] ?? {}, file);
  if (given === null)
    return sayProblem(
      `${name} has no field of its own for ${mediumWords(file.medium === 'file' ? 'any' : file.medium)}`,
      'It is open, and nothing in it was changed. Where it takes files within other fields, choose it there from the history.',
    );
  beginWith(endpointId, given.input, `${file.fileName} is the ${inSentence(given.field.label)} of ${name}`);
}

/** Opens a model with a file in the field that takes it, and all else as it was left. */
export async function giveTo(endpointId: string, file: GivenMedia): Promise<void> {
  useApp.getState().go('playground');
  usePlayground.getState().setView('form');
  await usePlayground.getState().open(endpointId);
  if (usePlayground.getState().endpointId === endpointId) giveHere(endpointId, file);
}
