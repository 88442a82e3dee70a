import { createContext } from 'react';
import type { MediaFacts } from '../../shared/ipc/media.ts';
import { sizeProblem } from '../../shared/media/input.ts';
import { mediaReference } from '../../shared/media/reference.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { ask } from '../bridge.ts';
import { useFiles } from '../stores/files.ts';
import { mediaUrl } from '../viewers/title.ts';

/** A file that was taken in. */
export interface TakenFile {
  /** What stands for it in the request: `media:<sha256>`, or a data URI. */
  readonly value: string;
  /** As read from its first bytes, whatever its name says. */
  readonly contentType: string;
}

/** Takes in a file a person chose, dropped or pasted. The failure is a sentence for beside the field. */
export type FileIntake = (file: File) => Promise<Result<TakenFile, string>>;

/** Into the media store, as it is; main reads what it is. */
export const addToStore: FileIntake = async (file) => {
  const problem = sizeProblem(file.size);
  if (problem !== null) return fail(problem);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    // A folder, or a file that was moved or closed to us since it was chosen.
    return fail('This cannot be read as a file. Choose it again.');
  }
  const answer = await ask('media.add', { bytes, fileName: file.name });
  if (!answer.ok) return fail(`${answer.error.title}. ${answer.error.hint}`);
  useFiles.getState().learn(answer.value);
  const { sha256, contentType } = answer.value;
  return ok({ value: mediaReference(sha256), contentType });
};

/** A file that is kept here already; a screen that takes files in its own way is given it as one. */
export async function storedAsTaken(
  facts: MediaFacts,
  intake: FileIntake,
): Promise<Result<TakenFile, string>> {
  const { sha256, contentType, fileName } = facts;
  const gone = 'This file is not on this computer any more. Choose another.';
  if (intake === addToStore) {
    const known = await ask('media.facts', { sha256 });
    if (!known.ok || known.value === null) return fail(gone);
    useFiles.getState().learn(facts);
    return ok({ value: mediaReference(sha256), contentType });
  }
  const answer = await fetch(mediaUrl(facts)).catch(() => null);
  if (answer?.ok !== true) return fail(gone);
  return intake(new File([await answer.blob()], fileName, { type: contentType }));
}

/** A screen that wants files otherwise (smaller first, as data) puts its own around its fields. */
export const FileIntakeContext = createContext<FileIntake>(addToStore);
