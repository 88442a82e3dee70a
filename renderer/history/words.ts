import type { RunCard } from '../../shared/history/card.ts';
import type { RunStateKind } from '../../shared/runs/run.ts';

/** Where a run stands, in a word. */
export const STATE_NAMES: Readonly<Record<RunStateKind, string>> = {
  waiting: 'Waiting',
  uploading: 'Sending files',
  submitting: 'Sending',
  confirming: 'Asking fal',
  unconfirmed: 'Unconfirmed',
  queued: 'In queue',
  running: 'Running',
  fetching: 'Reading',
  saving: 'Copying files',
  cancelling: 'Cancelling',
  succeeded: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
  lost: 'Lost',
};

/** All that a tile shows, as it is read aloud: the title first. */
export function tileName(card: RunCard): string {
  return [
    card.title,
    card.title === card.endpointId ? null : card.endpointId,
    card.state === 'succeeded' ? null : STATE_NAMES[card.state],
    card.star ? 'starred' : null,
    card.origin === 'live' ? 'kept from Realtime' : null,
    card.deletedAt === null ? null : 'in the trash',
  ]
    .filter((part) => part !== null)
    .join(', ');
}

export const runsWords = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'run' : 'runs'}`;
