import { useContext, useEffect, useRef, useState } from 'react';
import { mediumWords, suits, typeWords } from '../../shared/media/input.ts';
import type { JsonValue } from '../../shared/json.ts';
import type { FileField } from '../../shared/schema/field.ts';
import { beginAdding } from './adding.ts';
import { FileIntakeContext } from './file-intake.ts';

export type Taking =
  | { readonly kind: 'idle' }
  | { readonly kind: 'adding'; readonly fileName: string }
  | { readonly kind: 'added'; readonly fileName: string }
  /** `reason` is a sentence; it is about this moment's value and goes with it. */
  | { readonly kind: 'refused'; readonly reason: string; readonly beside: JsonValue | undefined };

interface TakeFile {
  readonly taking: Taking;
  /** Of several, none: which one was meant is not for us to say. */
  readonly take: (files: FileList) => Promise<void>;
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
  useEffect(
    () => () => {
      // The field is gone: a file that comes late must not land in another model's request.
      turn.current += 1;
    },
    [],
  );

  const take = async (files: FileList): Promise<void> => {
    const [file] = files;
    if (file === undefined) return;
    turn.current += 1;
    const mine = turn.current;
    if (files.length > 1) return refuse('One file at a time, please.');
    setTaking({ kind: 'adding', fileName: file.name });
    const end = beginAdding();
    const taken = await intake(file).finally(end);
    if (mine !== turn.current) return;
    if (!taken.ok) return refuse(taken.error);
    const { contentType } = taken.value;
    if (!suits(field.medium, contentType)) {
      return refuse(
        `“${file.name}” is ${typeWords(contentType)}; this field takes ${mediumWords(field.medium)}.`,
      );
    }
    setTaking({ kind: 'added', fileName: file.name });
    onTaken(taken.value.value);
  };
  const calm = (): void => {
    turn.current += 1;
    setTaking({ kind: 'idle' });
  };
  const stale = taking.kind === 'refused' && taking.beside !== value;
  return { taking: stale ? { kind: 'idle' } : taking, take, calm };
}
