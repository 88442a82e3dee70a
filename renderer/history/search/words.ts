import type { ResultKind, RunStanding } from '../../../shared/history/kinds.ts';
import type { isWords } from '../../../shared/history/query.ts';
import type { QueryName } from '../../../shared/history/tokens.ts';

type IsWord = (typeof isWords)[number];

/** What each name of the search box asks for. */
export const NAME_WORDS: Readonly<Record<QueryName, { readonly hint: string; readonly example: string }>> = {
  model: { hint: 'letters of the model’s id', example: 'model:flux' },
  kind: { hint: 'what came out', example: 'kind:video' },
  is: { hint: 'how it stands or is marked', example: 'is:starred' },
  tag: { hint: 'a tag of yours', example: 'tag:"by the sea"' },
  key: { hint: 'the key it ran with', example: 'key:work' },
  cost: { hint: 'what it cost', example: 'cost:>0.10' },
  date: { hint: 'when it was made', example: 'date:2026-11' },
  before: { hint: 'made before', example: 'before:2026-11-03' },
  after: { hint: 'made after', example: 'after:yesterday' },
  batch: { hint: 'the runs of one batch', example: 'batch:NUMBER' },
};

export const KIND_WORDS: Readonly<Record<ResultKind, string>> = {
  image: 'Pictures',
  video: 'Videos',
  audio: 'Sounds',
  '3d': '3D',
  file: 'Files',
  text: 'Text',
};

export const STANDING_WORDS: Readonly<Record<RunStanding, string>> = {
  done: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  lost: 'Lost',
  unconfirmed: 'Unconfirmed',
  running: 'Under way',
};

export const IS_HINTS: Readonly<Record<IsWord, string>> = {
  starred: 'with a star',
  noted: 'with a note',
  live: 'kept from Realtime',
  batch: 'one of many of a press',
  trashed: 'in the trash',
  done: 'ended well',
  failed: 'ended in an error',
  cancelled: 'was cancelled',
  lost: 'its result is lost',
  unconfirmed: 'fal may or may not have it',
  running: 'still under way',
};

/** `November 2026` for `2026-11`. */
export function monthWords(month: string): string {
  const [year, number] = month.split('-').map(Number);
  return new Date(year ?? 0, (number ?? 1) - 1).toLocaleDateString('en-GB', {
    month: 'long',
    year: 'numeric',
  });
}
