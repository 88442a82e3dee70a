import { fileProblems } from '../../shared/schema/check-file.ts';
import type { FileField } from '../../shared/schema/field.ts';
import { nounOf } from './nouns.ts';
import { useStoredFile } from './use-stored-file.ts';

/**
 * What a model's own limits say against the file that is the value now: one of a draft, or carried over from another
 * model. Said, and no more: the server has the last word.
 */
export function useUnfit(field: FileField, sha256: string | null): readonly string[] {
  const { facts, measured } = useStoredFile(sha256);
  if (facts === undefined || facts === null || measured === undefined) return NONE;
  const { bytes, contentType } = facts;
  return fileProblems(field.limits, { ...measured, bytes }, nounOf(field.medium, contentType));
}

const NONE: readonly string[] = [];
