import { resultKinds } from '../../shared/history/kinds.ts';
import type { ResultKind, RunStanding } from '../../shared/history/kinds.ts';
import { referencedShas } from '../../shared/media/reference.ts';
import { runStateKindSchema } from '../../shared/runs/run.ts';
import type { Run, RunStateKind } from '../../shared/runs/run.ts';

/** What is worked out of a row beside it; a higher number has every older row worked out anew (`text-index.ts`). */
export const INDEX_VERSION = 1;

/** `indexed` of a row that was worked out once and is to be again: the files it names are written down. */
export const AGAIN = -1;

const KIND_OF_MEDIUM = { image: 'image', video: 'video', audio: 'audio', model: '3d', file: 'file' } as const;

/** The kinds of a run's result as one number: the sum of `bitOf` of each. */
export function kindsOf({ state, media, output }: Pick<Run, 'state' | 'media' | 'output'>): number {
  let kinds = 0;
  for (const { medium } of media) kinds |= bitOf(KIND_OF_MEDIUM[medium]);
  return kinds === 0 && state.kind === 'succeeded' && output !== null ? bitOf('text') : kinds;
}

export const bitOf = (kind: ResultKind): number => 1 << resultKinds.indexOf(kind);

/** The files of this computer that a run needs: its result's, and those its request names. */
export function filesOf({ media, input }: Pick<Run, 'media' | 'input'>): readonly string[] {
  const stored = media.flatMap((item) => (item.kind === 'stored' ? [item.sha256] : []));
  return [...new Set([...stored, ...referencedShas(input)])];
}

const STANDING: Readonly<Record<RunStateKind, RunStanding>> = {
  waiting: 'running',
  uploading: 'running',
  submitting: 'running',
  confirming: 'running',
  queued: 'running',
  running: 'running',
  fetching: 'running',
  saving: 'running',
  cancelling: 'running',
  succeeded: 'done',
  failed: 'failed',
  cancelled: 'cancelled',
  lost: 'lost',
  unconfirmed: 'unconfirmed',
};

/** The states a run is in when it stands so. */
export const statesOf = (standing: RunStanding): readonly RunStateKind[] =>
  runStateKindSchema.options.filter((state) => STANDING[state] === standing);

export const standingOf = (state: RunStateKind): RunStanding => STANDING[state];
