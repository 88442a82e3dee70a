import { useContext, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { mediumWords, sizeProblem, suits, typeWords } from '../../shared/media/input.ts';
import { sameJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { MediaFacts } from '../../shared/ipc/media.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { fileProblems } from '../../shared/schema/check-file.ts';
import { valueAt } from '../../shared/schema/draft.ts';
import type { FileField } from '../../shared/schema/field.ts';
import { readPointer } from '../../shared/schema/read-pointer.ts';
import { anchorAt } from '../stores/anchors.ts';
import type { Anchor } from '../stores/anchors.ts';
import { useRequests } from '../stores/requests.ts';
import { say } from '../ui/toasts.tsx';
import { mediaUrl } from '../viewers/title.ts';
import { beginAdding } from '../stores/adding.ts';
import { FileIntakeContext, storedAsTaken } from './file-intake.ts';
import type { TakenFile } from './file-intake.ts';
import { measureFile, measureMedia } from '../stores/measure-media.ts';
import { nounOf } from './nouns.ts';
import { FormContext, PlaceContext } from './place.ts';

export type Taking =
  | { readonly kind: 'idle' }
  | { readonly kind: 'adding'; readonly fileName: string }
  | { readonly kind: 'added'; readonly fileName: string }
  /** `reason` is a sentence; it is about this moment's value and goes with it. */
  | { readonly kind: 'refused'; readonly reason: string; readonly beside: JsonValue | undefined };

interface TakeFile {
  readonly taking: Taking;
  /** Of several, none: which one was meant is not for us to say. */
  readonly take: (files: FileList | readonly File[]) => Promise<void>;
  /** One that is kept on this computer already. */
  readonly takeStored: (facts: MediaFacts) => Promise<void>;
  /** Forgets a refusal, and a file that is still on its way. */
  readonly calm: () => void;
}

/** Takes a file in for a field; the last one chosen counts. */
export function useTakeFile(
  field: FileField,
  value: JsonValue | undefined,
  onTaken: (value: string) => void,
): TakeFile {
  const intake = useContext(FileIntakeContext);
  const [taking, setTaking] = useState<Taking>({ kind: 'idle' });
  const refuse = (reason: string): void => setTaking({ kind: 'refused', reason, beside: value });
  const turn = useRef(0);
  // A row of a list may have moved by the time its file is there.
  const taker = useRef(onTaken);
  useLayoutEffect(() => {
    taker.current = onTaken;
  });
  const { endpointId } = useContext(FormContext);
  const place = useContext(PlaceContext);
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => void (gone.current = true);
  }, []);

  const receive = async (fileName: string, work: () => Promise<Result<TakenFile, string>>): Promise<void> => {
    turn.current += 1;
    const mine = turn.current;
    setTaking({ kind: 'adding', fileName });
    const target = anchorAt(endpointId, place);
    const taken = await work().finally(beginAdding(target));
    if (mine !== turn.current) return;
    const suited = taken.ok ? suitedTo(field, fileName, taken.value) : taken;
    // Folded away, or behind another view or model: it still goes where it was meant to.
    if (gone.current) return landLate(target, value, fileName, suited);
    if (!suited.ok) return refuse(suited.error);
    setTaking({ kind: 'added', fileName });
    taker.current(suited.value);
  };
  const take = async (files: FileList | readonly File[]): Promise<void> => {
    const [file] = files;
    if (file === undefined) return;
    if (files.length > 1) {
      turn.current += 1;
      return refuse('One file at a time, please.');
    }
    return receive(file.name, async () => {
      const problem = await problemOf(field, file);
      return problem === null ? intake(file) : fail(problem);
    });
  };
  const takeStored = (facts: MediaFacts): Promise<void> =>
    receive(facts.fileName, async () => {
      const taken = await storedAsTaken(facts, intake);
      // The same limits as for a file from elsewhere; what is stored needs no reading for its size.
      const measured = await measureMedia(mediaUrl(facts), facts.contentType);
      const [problem] = fileProblems(
        field.limits,
        { ...measured, bytes: facts.bytes },
        nounOf(field.medium, facts.contentType),
      );
      return problem === undefined ? taken : fail(`${problem}.`);
    });
  const calm = (): void => {
    turn.current += 1;
    setTaking({ kind: 'idle' });
  };
  const stale = taking.kind === 'refused' && taking.beside !== value;
  return { taking: stale ? { kind: 'idle' } : taking, take, takeStored, calm };
}

/** What stands for the file, if the field takes files of its type. */
function suitedTo({ medium }: FileField, fileName: string, file: TakenFile): Result<string, string> {
  const { contentType, value } = file;
  if (suits(medium, contentType)) return ok(value);
  return fail(`“${fileName}” is ${typeWords(contentType)}; this field takes ${mediumWords(medium)}.`);
}

/** A file whose field is not drawn any more; what was changed since is left as it is. */
function landLate(
  target: Anchor,
  before: JsonValue | undefined,
  fileName: string,
  file: Result<string, string>,
): void {
  const { forms, drafts, set } = useRequests.getState();
  const { endpointId } = target;
  const place = target.place();
  // Its row was removed, and the file with it.
  if (place === null) return;
  const title = `“${fileName}” was not used`;
  if (!file.ok) return say(title, file.error);
  const form = forms[endpointId];
  const path = form?.kind === 'form' ? readPointer(form.form, place) : [];
  if (form?.kind !== 'form' || !sameJson(valueAt(form.form, drafts[endpointId] ?? {}, path), before))
    return say(title, 'What it was meant for was changed meanwhile. Choose it again.');
  set(endpointId, path, file.value);
}

/** What is wrong with a file by its size and its head alone: nothing of a file that is refused is read or stored. */
async function problemOf(field: FileField, file: File): Promise<string | null> {
  const tooLarge = sizeProblem(file.size);
  if (tooLarge !== null) return tooLarge;
  const unmeasured = { bytes: file.size, width: null, height: null, duration: null };
  const noun = nounOf(field.medium, file.type);
  const [byBytes] = fileProblems(field.limits, unmeasured, noun);
  if (byBytes !== undefined) return `${byBytes}.`;
  if (Object.keys(field.limits).length === 0) return null;
  const measured = await measureFile(file);
  const [problem] = fileProblems(field.limits, { ...measured, bytes: file.size }, noun);
  return problem === undefined ? null : `${problem}.`;
}
