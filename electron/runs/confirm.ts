import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { Lookup, Run, RunId, RunState } from '../../shared/runs/run.ts';
import { clockOf } from '../fal/clock.ts';
import type { FalConnection } from '../fal/connection.ts';
import { listRequests } from '../fal/requests.ts';
import type { ListedRequest, TimeSpan } from '../fal/requests.ts';
import type { History } from '../history/history.ts';
import { mayBeSentAs } from './same-request.ts';
import { stampAfter } from './stamp.ts';

/** The request that is certainly the run's, or what can be said where none is. */
export type Confirmed =
  { readonly kind: 'ours'; readonly requestId: string; readonly sentAt: number | null } | Lookup;

export interface ConfirmerOptions {
  readonly history: Pick<History, 'page'>;
  /** The runs under way at this moment. */
  readonly live: () => readonly Run[];
}

/** How far this computer's clock and fal's may be apart, in milliseconds. */
const SKEW = 5 * 60_000;
/** The longest that tries of one submit may take after it was begun. */
const LONGEST_SUBMIT = 60 * 60_000;
/** fal's list may go by the time a request ended; none that is looked for runs longer. */
const LONGEST_RUN = 24 * 60 * 60_000;
/** How long before its submit a run may have been written down: its files went first, and the program may have stopped. */
const LONGEST_UPLOAD = 7 * 24 * 60 * 60_000;
/** A time zone or a day mistaken: so far off may a clock have been when it stamped a run, and be right again. */
const MOST_WRONG = 26 * 60 * 60_000;
/** Longer than this nobody is kept waiting for a word. */
const LIMIT = 30_000;
const PAGE = 200;

/** Finds out what became of submits whose answer was lost. Only ever reads. */
export class Confirmer {
  readonly #options: ConfirmerOptions;
  /**
   * Which run was given a request in this session: two that were lost at once must not both take it up. The same run may
   * have it again, for a recheck may have cut the asking short after it was given.
   */
  readonly #given = new Map<string, RunId>();

  constructor(options: ConfirmerOptions) {
    this.#options = options;
  }

  async confirm(
    run: Run,
    connection: FalConnection,
    endpoint: EndpointId,
    signal: AbortSignal,
  ): Promise<Confirmed> {
    const now = clockOf(connection).now();
    const limit = AbortSignal.any([signal, AbortSignal.timeout(LIMIT)]);
    let sent = sentWithin(run, now);
    const to = Math.max(sent.to, Math.min(now, submittedAt(run) + LONGEST_RUN) + SKEW);
    let listed = await listRequests(connection, endpoint, { from: sent.from, to }, limit);
    if (listed.ok && Math.abs(listed.value.ahead) > SKEW) {
      // By a clock that is wrong nothing would be found where it is.
      const { ahead } = listed.value;
      sent = widened(sent, ahead);
      listed = await listRequests(connection, endpoint, widened({ from: sent.from, to }, ahead), limit);
    }
    if (!listed.ok) return { kind: 'impossible', error: listed.error };
    const { requests, complete, ahead } = listed.value;
    const unanswered = this.#others(run).some(
      ({ endpointId, requestId, state }) =>
        endpointId === run.endpointId && requestId === null && state.kind !== 'confirming',
    );
    const candidates = await this.#candidates(requests, run, sent);
    if (candidates.length === 0)
      return complete
        ? this.#atAnyHour(run, connection, endpoint, now + ahead, limit)
        : { kind: 'impossible', error: TOO_LONG };
    const ours = complete && !unanswered ? certain(candidates, run) : null;
    if (ours === null) return { kind: 'found', count: candidates.length };
    this.#given.set(ours.requestId, run.id);
    return { kind: 'ours', requestId: ours.requestId, sentAt: ours.sentAt };
  }

  /**
   * Looks where the run is if the clock that stamped it was wrong, whatever it is now: only what is not there either was
   * not found. Nothing there is certain to be the run's, for the clock may as well have been right. `now` by fal's clock.
   */
  async #atAnyHour(
    run: Run,
    connection: FalConnection,
    endpoint: EndpointId,
    now: number,
    signal: AbortSignal,
  ): Promise<Lookup> {
    const [begun, { created }] = [submittedAt(run), run.times];
    const sent = {
      from: Math.min(begun, now) - MOST_WRONG,
      to: Math.min(now, begun + LONGEST_SUBMIT + MOST_WRONG) + SKEW,
    };
    const to = Math.min(now, begun + MOST_WRONG + LONGEST_RUN) + SKEW;
    const listed = await listRequests(
      connection,
      endpoint,
      { from: sent.from, to: Math.max(sent.to, to) },
      signal,
    );
    if (!listed.ok) return { kind: 'impossible', error: listed.error };
    const possible = listed.value.requests.filter((request) => isPossible(request, run));
    const { length: count } = await this.#candidates(possible, run, sent);
    if (count > 0) return { kind: 'found', count };
    if (!listed.value.complete) return { kind: 'impossible', error: TOO_LONG };
    return Math.max(created, begun) - Math.min(begun, now) > MOST_WRONG
      ? { kind: 'impossible', error: CLOCK_WRONG }
      : { kind: 'none_found' };
  }

  /** The other runs under way. */
  #others(run: Run): readonly Run[] {
    return this.#options.live().filter(({ id }) => id !== run.id);
  }

  /** Those that were sent in that time and are no other run's. */
  async #candidates(
    requests: readonly ListedRequest[],
    run: Run,
    sent: TimeSpan,
  ): Promise<readonly ListedRequest[]> {
    // Asked before the history is: an id that comes in between is then either here or there.
    const known = new Set(this.#others(run).map(({ requestId }) => requestId));
    const inTime = requests.filter(
      ({ requestId, sentAt }) =>
        !known.has(requestId) && (sentAt === null || (sentAt >= sent.from && sentAt < sent.to)),
    );
    const unknown = await this.#unknownOf(inTime, run, sent);
    // Looked for last: what is given meanwhile to another run is that one's.
    return unknown.filter(({ requestId }) => (this.#given.get(requestId) ?? run.id) === run.id);
  }

  /** Those that belong to no other run here, of whatever profile. */
  async #unknownOf(
    requests: readonly ListedRequest[],
    run: Run,
    sent: TimeSpan,
  ): Promise<readonly ListedRequest[]> {
    const { created } = run.times;
    let unknown = requests;
    // Ids tell the time, by whatever clock, but go on from the last one where it was set back.
    let before = (Math.max(created, Math.floor(run.id / 1000)) + sent.to - created + MOST_WRONG) * 1000;
    const first = (sent.from - LONGEST_UPLOAD - MOST_WRONG) * 1000;
    while (unknown.length > 0) {
      const page = await this.#options.history.page({ before, limit: PAGE, endpointId: run.endpointId });
      const known = new Set(page.runs.filter(({ id }) => id !== run.id).map(({ requestId }) => requestId));
      unknown = unknown.filter(({ requestId }) => !known.has(requestId));
      const last = page.runs.at(-1)?.id;
      if (!page.more || last === undefined || last < first) break;
      before = last;
    }
    return unknown;
  }
}

const TOO_LONG = appError('protocol', 'fal’s list is too long to be read whole');
const CLOCK_WRONG = appError('unconfirmed', 'This computer’s clock was wrong by days when the run was sent');

/** When fal may have been sent the run's request, by fal's clock. */
function sentWithin(run: Run, now: number): TimeSpan {
  const begun = submittedAt(run);
  const latest = Math.min(Math.max(now, begun), begun + LONGEST_SUBMIT);
  return { from: begun - SKEW, to: latest + SKEW };
}

/** With the same time by fal's clock in it, which is so far ahead of this computer's. */
const widened = ({ from, to }: TimeSpan, ahead: number): TimeSpan => ({
  from: Math.min(from, from + ahead),
  to: Math.max(to, to + ahead),
});

/** Not when the run was written down: its files may have been on their way for hours. Older rows know nothing else. */
const submittedAt = ({ times: { created, submitted } }: Run): number => submitted ?? created;

/** Whether it may have been sent what the run sends; where it is not told, it may. */
const isPossible = ({ input }: ListedRequest, run: Run): boolean =>
  input === undefined || mayBeSentAs(run.input, input);

/** The one request that was sent exactly what the run sends, where every other was certainly sent something else. */
function certain(candidates: readonly ListedRequest[], run: Run): ListedRequest | null {
  const possible = candidates.filter((candidate) => isPossible(candidate, run));
  const [one] = possible;
  return possible.length === 1 && one?.input !== undefined ? one : null;
}

/** The state in which fal is asked, after `state`: a wish to cancel stays one. */
export function confirming(state: RunState): Extract<RunState, { kind: 'confirming' }> {
  const cancelWish = state.kind === 'confirming' ? state.cancelWish : state.kind === 'cancelling';
  const error =
    state.kind === 'confirming' || state.kind === 'unconfirmed'
      ? state.error
      : appError('unconfirmed', 'The app stopped before fal answered', {
          hint: 'fal may have taken the request. It was not sent again, so that nothing is paid twice.',
        });
  return { kind: 'confirming', error, cancelWish };
}

/** The run as nobody follows it; asked for again it still ended when it first did. */
export function unconfirmed(run: Run, error: AppError, lookup: Lookup): Run {
  const ended = run.times.ended ?? stampAfter(run.times);
  return { ...run, state: { kind: 'unconfirmed', error, lookup }, times: { ...run.times, ended } };
}

/** The run as fal has it: in the queue since fal was sent it, as far as the clocks agree. */
export function queuedAt(run: Run, sentAt: number | null): Run['times'] {
  const now = stampAfter(run.times);
  const queued = sentAt === null ? now : Math.min(Math.max(sentAt, run.times.created), now);
  return { ...run.times, queued, ended: null };
}
