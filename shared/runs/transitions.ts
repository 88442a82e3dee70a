import type { RunState, RunStateKind } from './run.ts';

/** In place of fal's answer to a cancel: the connection of a direct call or a stream was dropped, which tells it to stop. */
export const CALL_DROPPED = 'CONNECTION_DROPPED';

/**
 * What may follow what. `running` back to `queued` is fal's own doing: a runner died and the request waits for
 * another (fal-protocol §4.6). A state may follow itself (a new queue position, another file saved).
 */
const followers = {
  // Nothing of these is at fal yet, so a cancel is their end at once.
  waiting: ['uploading', 'submitting', 'failed', 'cancelled'],
  uploading: ['submitting', 'failed', 'cancelled'],
  // A direct call is answered at once, or lost with its connection.
  submitting: [
    'queued',
    'running',
    'fetching',
    'saving',
    'succeeded',
    'failed',
    'confirming',
    'cancelling',
    'cancelled',
    'lost',
  ],
  confirming: ['queued', 'cancelling', 'unconfirmed'],
  // Asked for again: fal's list may have been late, or out of reach.
  unconfirmed: ['confirming'],
  queued: ['running', 'fetching', 'failed', 'cancelling', 'lost'],
  // A stream ends with its result in hand, and a cancel drops its connection.
  running: ['queued', 'fetching', 'saving', 'succeeded', 'failed', 'cancelling', 'cancelled', 'lost'],
  // The result of a cancelled request says so itself.
  fetching: ['saving', 'succeeded', 'failed', 'cancelled', 'lost'],
  saving: ['succeeded', 'failed'],
  // Back to `queued` or `running` when the wish did not reach fal.
  cancelling: ['cancelled', 'queued', 'running', 'fetching', 'failed', 'lost', 'confirming'],
  succeeded: ['saving'],
  failed: [],
  cancelled: [],
  lost: [],
} as const satisfies Record<RunStateKind, readonly RunStateKind[]>;

export function mayFollow(from: RunStateKind, to: RunStateKind): boolean {
  const allowed: readonly RunStateKind[] = followers[from];
  return from === to || allowed.includes(to);
}

/** Nothing more will happen by itself. */
export function isOver(state: RunState): boolean {
  switch (state.kind) {
    case 'succeeded':
    case 'failed':
    case 'cancelled':
    case 'lost':
    case 'unconfirmed':
      return true;
    default:
      return false;
  }
}

/** Whether a cancel can still change what becomes of it. */
export const mayBeCancelled = (state: RunState): boolean =>
  state.kind === 'confirming'
    ? !state.cancelWish
    : ['waiting', 'uploading', 'submitting', 'queued', 'running', 'saving'].includes(state.kind);
