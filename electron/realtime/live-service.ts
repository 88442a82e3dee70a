import { createHash } from 'node:crypto';
import { parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { CommandRequest } from '../../shared/ipc/contract.ts';
import type { JsonValue } from '../../shared/json.ts';
import { PLAIN_TRAITS, readLiveTraits } from '../../shared/realtime/traits.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import type { FalConnection } from '../fal/connection.ts';
import type { RealtimeLimits } from '../fal/realtime/options.ts';
import type { Fetch } from '../fal/transport/fetch.ts';
import type { History } from '../history/history.ts';
import type { InputFiles } from '../history/input-files.ts';
import type { FetchResultFile } from '../runs/fetch-file.ts';
import { pictureFetcher } from './fetch-picture.ts';
import type { LivePort } from './frame-port.ts';
import { keepFrame } from './keep-frame.ts';
import { LiveSession } from './live-session.ts';

export interface LiveServiceOptions {
  readonly activeProfile: () => string;
  readonly connection: (profileId: string) => Promise<Result<FalConnection, AppError>>;
  readonly document: (endpointId: string) => Promise<Result<JsonValue, AppError>>;
  /** Whether a profile's pictures may lie on this computer's own addresses. */
  readonly isLocal: (profileId: string) => boolean;
  /** A channel whose other end has been handed to the window; null when there is none. */
  readonly openPort: (session: number) => LivePort | null;
  readonly history: Pick<History, 'newId' | 'putRun'>;
  readonly files: Pick<InputFiles, 'add' | 'facts' | 'pathOf'>;
  readonly fetchFile: FetchResultFile;
  readonly fetch: Fetch;
  readonly changed: (run: Run) => void;
  readonly limits?: Partial<RealtimeLimits>;
}

/** Milliseconds that pictures which an answer only names may take to be copied. */
const KEEP_LIMIT = 60_000;

interface OpenSession {
  readonly number: number;
  readonly endpoint: EndpointId;
  readonly profileId: string;
  readonly session: LiveSession;
  readonly connection: FalConnection;
  /** See `markOf`. */
  key: string | null;
}

/** The live session of the window: one at a time, for each costs as long as it is open. */
export class LiveService {
  readonly #options: LiveServiceOptions;
  #open: OpenSession | null = null;
  #last = 0;

  constructor(options: LiveServiceOptions) {
    this.#options = options;
  }

  /** Begins a session; nothing connects before its first input. An earlier one is closed. */
  async open(request: CommandRequest<'live.open'>): Promise<Result<{ session: number }, AppError>> {
    this.close();
    const { activeProfile, connection, document, isLocal, openPort, files, fetch, limits } = this.#options;
    const { profileId, endpointId, maxBuffering } = request;
    const endpoint = parseEndpointId(endpointId);
    if (endpoint === null) return fail(appError('input', 'This is not a model id', { detail: endpointId }));
    if (profileId !== activeProfile())
      return fail(
        appError('input', 'The profile has just changed', { hint: 'Nothing was opened. Try again.' }),
      );
    this.#last += 1;
    const number = this.#last;
    const connected = await connection(profileId);
    if (!connected.ok) return connected;
    if (connected.value.credentials() === null) return fail(noKey());
    const read = await document(endpointId);
    const traits = read.ok ? readLiveTraits(read.value) : PLAIN_TRAITS;
    if (traits.signalling) return fail(signalling(endpointId));
    // Another may have been opened while this one was being read.
    if (number !== this.#last) return fail(appError('cancelled', 'Another session was opened'));
    const port = openPort(number);
    if (port === null) return fail(appError('internal', 'There is no window to show it in'));
    const begun = LiveSession.begin(
      port,
      {
        connection: connected.value,
        endpoint,
        traits,
        maxBuffering,
        files,
        fetchPicture: pictureFetcher(fetch, isLocal(profileId)),
        ...(limits === undefined ? {} : { limits }),
      },
      () => this.close(number),
    );
    if (!begun.ok) {
      port.close();
      return begun;
    }
    this.#open = {
      number,
      endpoint,
      profileId,
      session: begun.value,
      connection: connected.value,
      key: markOf(connected.value),
    };
    return ok({ session: number });
  }

  /** Closes the session; without a number whichever is open. */
  close(number?: number): void {
    if (this.#open === null || (number !== undefined && number !== this.#open.number)) return;
    const { session } = this.#open;
    this.#open = null;
    session.close();
  }

  async keep({ session: number, frame }: CommandRequest<'live.keep'>): Promise<Result<Run, AppError>> {
    const open = this.#open;
    const shown = open?.number === number ? open.session.shown(frame) : null;
    if (open === null || shown === null)
      return fail(
        appError('not_found', 'This frame has gone by', {
          hint: 'Freeze the picture you want, then keep it.',
        }),
      );
    const { history, files, fetchFile, changed } = this.#options;
    const kept = await keepFrame(shown, open.endpoint, open.profileId, {
      history,
      files,
      fetchFile: (url, type) => fetchFile(open.profileId, url, type, AbortSignal.timeout(KEEP_LIMIT)),
    });
    if (kept.ok) changed(kept.value);
    return kept;
  }

  /** Keys were added, replaced or removed: a session whose key is not the same any more ends at once, and says why. */
  recheckKey(): void {
    const open = this.#open;
    if (open === null) return;
    const key = markOf(open.connection);
    if (key === open.key) return;
    // Told once: another try goes on with the key that is there by then.
    open.key = key;
    open.session.deny(key === null ? noKey() : anotherKey());
  }
}

/** Which key a connection has. Not the key itself: a copy would outlive its removal. */
function markOf(connection: FalConnection): string | null {
  const key = connection.credentials();
  return key === null ? null : createHash('sha256').update(key).digest('base64');
}

const noKey = (): AppError =>
  appError('auth', 'There is no key for this session', {
    hint: 'Your input is kept. Add a fal key in Settings, or choose the demo.',
  });

/** What is open was opened with the old key, and would go on at the old account's cost. */
const anotherKey = (): AppError =>
  appError('auth', 'The key of this session was replaced', {
    hint: 'Your input is kept. Try again to go on with the new key.',
  });

const signalling = (endpointId: string): AppError =>
  appError('input', 'This model speaks WebRTC, which is not supported here', {
    detail: endpointId,
    hint: 'Its socket only arranges a video call. Run it on fal.ai, or choose another realtime model.',
  });
