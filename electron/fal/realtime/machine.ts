/**
 * Where one realtime connection stands, and what may follow.
 * - `idle`         nothing is open; the next input opens (fal-protocol §7.6: connecting is lazy)
 * - `authorizing`  a token is being fetched; passed at once where a good one is at hand
 * - `connecting`   the socket is being opened
 * - `live`         open: inputs go out as answers come in
 * - `waiting`      lost; tried again after a pause, the newest input first
 * - `failed`       given up: only a person's own retry goes on from here
 * - `closed`       ended by its owner, for good
 */
export type RealtimeStep = 'idle' | 'authorizing' | 'connecting' | 'live' | 'waiting' | 'failed' | 'closed';

/**
 * - `wake`          there is an input to send
 * - `authorized`    there is a token
 * - `unauthorized`  the token was refused; another is fetched, once
 * - `opened`        the socket is open
 * - `ended`         closed in good order: 1000, or TIMEOUT for being idle (fal-protocol §7.4); or nothing is left to send
 * - `lost`          anything else that ends a connection; worth another try
 * - `denied`        fal said no, or too many tries were in vain
 * - `retry`         the pause is over, or the person asks
 * - `close`         its owner is done
 */
export type RealtimeEvent =
  'wake' | 'authorized' | 'unauthorized' | 'opened' | 'ended' | 'lost' | 'denied' | 'retry' | 'close';

const table = {
  idle: { wake: 'authorizing', lost: 'waiting', denied: 'failed', close: 'closed' },
  authorizing: {
    authorized: 'connecting',
    ended: 'idle',
    lost: 'waiting',
    denied: 'failed',
    close: 'closed',
  },
  connecting: {
    opened: 'live',
    unauthorized: 'authorizing',
    ended: 'idle',
    lost: 'waiting',
    denied: 'failed',
    close: 'closed',
  },
  live: { ended: 'idle', unauthorized: 'authorizing', lost: 'waiting', denied: 'failed', close: 'closed' },
  waiting: { retry: 'authorizing', denied: 'failed', close: 'closed' },
  failed: { retry: 'authorizing', close: 'closed' },
  closed: {},
} as const satisfies Record<RealtimeStep, Partial<Record<RealtimeEvent, RealtimeStep>>>;

/** The next step; null where the event means nothing now. */
export function after(step: RealtimeStep, event: RealtimeEvent): RealtimeStep | null {
  const row: Partial<Record<RealtimeEvent, RealtimeStep>> = table[step];
  return row[event] ?? null;
}
