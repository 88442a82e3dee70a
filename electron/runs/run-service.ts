import { parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonObject } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { NO_MONEY } from '../../shared/runs/asked.ts';
import type { Asked, BatchPlace, Money } from '../../shared/runs/asked.ts';
import type { Run, RunId, RunState } from '../../shared/runs/run.ts';
import { isOver } from '../../shared/runs/transitions.ts';
import { attachedRun, lookUp } from './attach.ts';
import { inTurn } from './in-turn.ts';
import { LiveLines } from './live-lines.ts';
import { messageOf } from './message-of.ts';
import { checkAll, newRun, noModelId, unwritten } from './new-run.ts';
import type { Wanted } from './new-run.ts';
import { isWaiting } from './ranks.ts';
import { RowWriter } from './row-writer.ts';
import type { RunServiceOptions } from './run-service-options.ts';
import { TakeUp } from './take-up.ts';
import { WaitingLine } from './waiting-line.ts';

/** Of so many runs, missing files and answers are tried again by themselves; for older ones the window offers it. */
const NEWEST = 50;

/** `id` of the batch is null where it is a new one. */
type Placed = Wanted & {
  readonly batch: (Omit<BatchPlace, 'id'> & { readonly id: number | null }) | null;
};

/** All runs, from the press that begins them to their last row. */
export class RunService {
  readonly #options: RunServiceOptions;
  readonly #life = new AbortController();
  readonly #rows: RowWriter;
  readonly #lines: LiveLines;
  readonly #takeUp: TakeUp;
  readonly #waiting: WaitingLine;
  /** One press after the other: what one writes down counts for the limit of the next. */
  readonly #press = inTurn();
  /** Two of the same request must not both become rows. */
  readonly #attach = inTurn();
  /** Begun in this session, from before their rows stand: none of the last one's. */
  readonly #fresh = new Set<RunId>();

  constructor(options: RunServiceOptions) {
    this.#options = options;
    const rows = new RowWriter({ ...options, life: this.#life.signal });
    this.#rows = rows;
    this.#lines = new LiveLines({
      ...options,
      rows,
      eased: () => this.#waiting.pump(),
      ended: (run) => {
        rows.unwatch(run.id);
        this.#takeUp.noteLeft(run);
        this.#waiting.pump();
      },
    });
    const shared = { ...options, rows, lines: this.#lines, life: this.#life.signal };
    this.#takeUp = new TakeUp(shared);
    this.#waiting = new WaitingLine(shared);
  }

  /**
   * Writes the run down, then sends it, or lets it wait for its turn. Nothing is sent when it cannot be written, nor what
   * would pass a limit the person set; that fails as `limit` unless `overLimit`.
   */
  async start(
    endpointId: string,
    input: JsonObject,
    { method = 'queue', options = {}, overLimit = false }: Partial<Asked> & { overLimit?: boolean } = {},
  ): Promise<Result<Run, AppError>> {
    const started = await this.#startAll([{ endpointId, input, method, options, batch: null }], overLimit);
    if (!started.ok) return started;
    const [run] = started.value;
    return run === undefined ? fail(unwritten('No row came back.')) : ok(run);
  }

  /**
   * The runs of one press: all of them are written down or none. They are a batch of their own, or more of the one they go
   * `into`. Otherwise as `start`.
   */
  async startMany(
    kind: BatchPlace['kind'],
    wanted: readonly (Wanted & Pick<BatchPlace, 'column' | 'row'>)[],
    overLimit: boolean,
    into?: Pick<BatchPlace, 'id' | 'size'>,
  ): Promise<Result<Run[], AppError>> {
    const { id, size } = into ?? { id: null, size: wanted.length };
    return this.#startAll(
      wanted.map(({ column, row, ...one }) => ({ ...one, batch: { id, kind, size, column, row } })),
      overLimit,
    );
  }

  /**
   * Follows a request that was sent from elsewhere, as a run of its own; the one that is here already where there is one,
   * unless its result may still be at fal. `not_found`, and no row, where fal does not know it.
   */
  attach(endpointId: string, asked: string): Promise<Result<Run, AppError>> {
    const requestId = asked.trim();
    const profileId = this.#options.activeProfile();
    const { history } = this.#options;
    return this.#attach(async () => {
      const endpoint = parseEndpointId(endpointId);
      if (endpoint === null) return fail(noModelId(endpointId));
      const here = await history.runOf(requestId);
      if (here !== null && !mayHaveMore(here.state)) return ok(here);
      const connection = checkAll([], await this.#options.connection(profileId));
      if (!connection.ok) return connection;
      const found = await lookUp(connection.value, endpoint, requestId, this.#life.signal);
      if (!found.ok) return found;
      try {
        const now = Date.now();
        const id = await history.newId(now);
        this.#fresh.add(id);
        const run = attachedRun({ id, endpointId, profileId, requestId }, found.value, now);
        await history.putRun(run);
        this.#rows.watch(run);
        this.#options.changed(run);
        this.#lines.begin(run, connection.value);
        return ok(run);
      } catch (error) {
        return fail(
          appError('storage', 'The run could not be written down', {
            detail: messageOf(error),
            hint: 'The request itself goes on at fal. Make room on the disk, then attach to it again.',
          }),
        );
      }
    });
  }

  async #startAll(wanted: readonly Placed[], overLimit: boolean): Promise<Result<Run[], AppError>> {
    const { money } = this.#options;
    const profileId = this.#options.activeProfile();
    const connection = checkAll(wanted, await this.#options.connection(profileId));
    if (!connection.ok) return connection;
    const reckoned = await money.reckon(wanted, profileId);
    return this.#press(async () => {
      const priced = reckoned.map((each) => ({ money: each, profileId }));
      const allowed = await money.allow(priced, overLimit);
      if (!allowed.ok) return allowed;
      const places = this.#waiting.take(wanted.length, profileId);
      try {
        const written = await this.#write(wanted, reckoned, profileId, places);
        if (!written.ok) return written;
        for (const run of written.value) {
          this.#options.changed(run);
          if (isWaiting(run)) continue;
          this.#rows.watch(run);
          this.#lines.begin(run, connection.value);
        }
        this.#waiting.add(written.value);
        return written;
      } finally {
        this.#waiting.giveBack(places);
      }
    });
  }

  /** So many of them as there are places are written down as being sent, the others as waiting. */
  async #write(
    wanted: readonly Placed[],
    money: readonly Money[],
    profileId: string,
    places: number,
  ): Promise<Result<Run[], AppError>> {
    const { history } = this.#options;
    const now = Date.now();
    const last = this.#waiting.last;
    try {
      const newBatch = wanted.some(({ batch }) => batch !== null) ? await history.newId(now) : 0;
      const ids = await Promise.all(wanted.map(() => history.newId(now)));
      for (const id of ids) this.#fresh.add(id);
      const runs = wanted.map(({ batch, ...one }, i) =>
        newRun(
          one,
          {
            id: ids[i] ?? 0,
            profileId,
            money: money[i] ?? NO_MONEY,
            batch: batch === null ? null : { ...batch, id: batch.id ?? newBatch },
            rank: i < places ? null : last + i,
          },
          now,
        ),
      );
      const [only] = runs;
      await (runs.length === 1 && only !== undefined ? history.putRun(only) : history.putRuns(runs));
      return ok(runs);
    } catch (error) {
      return fail(unwritten(messageOf(error)));
    }
  }

  /** The runs under way at this moment, those that wait for their turn among them. */
  live(): Run[] {
    return [...this.#lines.runs(), ...this.#waiting.runs];
  }

  /** How many runs may be under way at once; the others wait for their turn. */
  get most(): number {
    return this.#waiting.most;
  }

  setMost(most: number): Promise<Result<null, AppError>> {
    return this.#waiting.setMost(most);
  }

  /** Puts a waiting run before another, or last. */
  reorder(id: RunId, before: RunId | null): Promise<Result<null, AppError>> {
    return this.#waiting.reorder(id, before);
  }

  /**
   * Lets what was waiting when the program last stopped be sent in its turn, and answers what that is. All of them stay held
   * where a limit the person set would be passed; that fails as `limit` unless `overLimit`.
   */
  release(ids: readonly RunId[], overLimit = false): Promise<Result<Run[], AppError>> {
    return this.#press(async () => {
      const held = this.#waiting.held(ids);
      const allowed = await this.#options.money.allow(held, overLimit);
      if (!allowed.ok) return allowed;
      await this.#waiting.release(ids);
      return ok(held);
    });
  }

  /** What comes of the wish is the run's next state; a failure where it cannot even be asked. */
  async cancel(id: RunId): Promise<Result<null, AppError>> {
    if (await this.#waiting.cancel(id)) return ok(null);
    await this.#takeUp.tryAway(id);
    if (await this.#lines.cancel(id)) return ok(null);
    const run = this.#takeUp.away(id) ?? (await this.#rows.read(id));
    return run === null || isOver(run.state) ? ok(null) : fail(cancelUnasked(run.state));
  }

  /** Copies files of a finished run that could not be copied before. */
  async fetchMedia(id: RunId): Promise<Result<null, AppError>> {
    const run = await this.#rows.read(id);
    if (run === null) return fail(appError('not_found', 'This run is not in the history'));
    const left = await this.#takeUp.copyFiles(run);
    return left === null ? ok(null) : fail(left);
  }

  /** Takes up what was under way when the program last stopped. */
  async recover(): Promise<void> {
    try {
      const unfinished = await this.#options.history.unfinished();
      const newest = await this.#options.history.page({ before: null, limit: NEWEST, endpointId: null });
      const open = newest.runs.filter(({ state }) => state.kind === 'unconfirmed');
      // At once, not in turn: a profile that does not answer must not keep those of others waiting.
      // What the window began meanwhile has a line or a place of its own, or is over by now: what was read of it is old.
      const before = [...unfinished, ...open].filter(({ id }) => !this.#fresh.has(id));
      const left = before.filter((run) => !isWaiting(run));
      await this.#waiting.hold(before);
      await Promise.all(left.map((run) => this.#takeUp.take(run)));
      for (const run of newest.runs) this.#takeUp.noteLeft(run);
      await this.#takeUp.copyIncomplete();
    } catch (error) {
      this.#options.notice(
        `Runs of the last session could not be taken up (${messageOf(error)}). They are kept, and tried again at the next start.`,
      );
    }
  }

  /** After sleep, or when the network is back: asks for every run at once instead of waiting on. */
  async recheck(): Promise<void> {
    this.#lines.recheck();
    this.#waiting.pump();
    await Promise.all([this.#rows.writeAgain(), this.#takeUp.tryAll()]);
  }

  /** Leaves every run as it is written. */
  close(): void {
    this.#life.abort();
    this.#lines.leave();
  }
}

/** It ended here without the result, and not by fal's word. */
const mayHaveMore = (state: RunState): boolean =>
  state.kind === 'lost' ||
  (state.kind === 'failed' && (state.error.kind === 'storage' || state.error.kind === 'internal'));

function cancelUnasked(state: RunState): AppError {
  const trouble = 'trouble' in state ? state.trouble : null;
  if (trouble === null)
    return appError('busy', 'The cancel could not be sent to fal', {
      detail: 'The run is just being taken up.',
      hint: 'Cancel it again in a moment.',
    });
  return appError(trouble.kind, 'The cancel could not be sent to fal', {
    detail: `${trouble.title}.`,
    hint: `${trouble.hint} The run itself goes on.`.trim(),
  });
}
