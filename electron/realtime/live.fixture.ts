import { MessageChannel } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';
import { onTestFinished } from 'vitest';
import type { FromMain, FromWindow, LiveFrame } from '../../shared/realtime/messages.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { fail, ok } from '../../shared/result.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { Run } from '../../shared/runs/run.ts';
import type { TestFal } from '../../test/local-fal/index.ts';
import type { FalConnection } from '../fal/connection.ts';
import { connectionTo, directly, startFal, value } from '../fal/fal.fixture.ts';
import { liveModel } from '../local-fal/realtime/testing.ts';
import type { RealtimeModel } from '../local-fal/realtime/types.ts';
import { tempHistory } from '../history/history.fixture.ts';
import type { History } from '../history/history.ts';
import { InputFiles } from '../history/input-files.ts';
import { MediaStore } from '../history/media-store.ts';
import { resultFiles } from '../runs/fetch-file.ts';
import type { LivePort } from './frame-port.ts';
import { LiveService } from './live-service.ts';
import type { LiveServiceOptions } from './live-service.ts';

/** What the tests of live sessions share; nothing the app ships imports it. */

/** The page's side of a session. It paints each frame at once, unless it was told to `stall`. */
export class Page {
  readonly states: string[] = [];
  readonly frames: LiveFrame[] = [];
  readonly said: FromMain[] = [];
  stall = false;
  #port: MessagePort | null = null;
  #wake: (() => void)[] = [];

  take(port: MessagePort): void {
    this.#port = port;
    port.on('message', (message: FromMain) => {
      this.said.push(message);
      if (message.kind === 'state') this.states.push(message.state.kind);
      if (message.kind === 'frame') {
        this.frames.push(message);
        if (!this.stall) this.post({ kind: 'painted', frame: message.frame });
      }
      for (const wake of this.#wake.splice(0)) wake();
    });
  }

  post(message: FromWindow): void {
    this.#port?.postMessage(message);
  }

  input(mark: number, input: JsonObject): void {
    this.post({ kind: 'input', mark, input });
  }

  /** Anything at all, as a page gone wild would. */
  postRaw(message: unknown): void {
    this.#port?.postMessage(message);
  }

  leave(): void {
    this.#port?.close();
  }

  async until(holds: () => boolean): Promise<void> {
    while (!holds()) await new Promise<void>((resolve) => this.#wake.push(resolve));
  }
}

/** Node's port with the shape of Electron's. */
function electronPort(port: MessagePort): LivePort {
  return {
    postMessage: (message) => port.postMessage(message),
    on: (event: 'message' | 'close', listener: (event: { data: unknown }) => void) =>
      event === 'message'
        ? port.on('message', (data: unknown) => listener({ data }))
        : port.on('close', () => listener({ data: null })),
    start: () => port.start(),
    close: () => port.close(),
  };
}

export interface LiveStage {
  readonly service: LiveService;
  readonly page: Page;
  readonly history: History;
  readonly media: MediaStore;
  readonly files: InputFiles;
  readonly changed: Run[];
  readonly open: (endpointId: string, maxBuffering?: number | null) => Promise<number>;
}

export async function liveStage(
  fal: TestFal,
  over: Partial<LiveServiceOptions> & {
    readonly document?: (endpointId: string) => Promise<ReturnType<typeof ok<JsonValue>>>;
    readonly via?: Partial<FalConnection>;
  } = {},
): Promise<LiveStage> {
  const { via, ...options } = over;
  const { history, dir } = await tempHistory();
  const media = new MediaStore(dir);
  await media.open();
  const files = new InputFiles({ history, media });
  const page = new Page();
  const changed: Run[] = [];
  const service = new LiveService({
    activeProfile: () => 'local',
    connection: () => Promise.resolve(ok(connectionTo(fal.hosts, via))),
    document: () => Promise.resolve(fail(appError('network', 'Away'))),
    isLocal: () => true,
    openPort: () => {
      const { port1, port2 } = new MessageChannel();
      page.take(port2);
      onTestFinished(() => port2.close());
      return electronPort(port1);
    },
    history,
    files,
    fetchFile: resultFiles({ media, history, fetch: directly, isOwnAddress: () => true }),
    fetch: directly,
    changed: (run) => changed.push(run),
    ...options,
  });
  onTestFinished(() => service.close());
  return {
    service,
    page,
    history,
    media,
    files,
    changed,
    open: async (endpointId, maxBuffering = null) =>
      value(await service.open({ profileId: 'local', endpointId, maxBuffering })).session,
  };
}

export const ENDPOINT = 'acme/paint/realtime';
/** A picture that says which input it is of. */
export const picture = (n: unknown): Uint8Array => new Uint8Array([0xff, 0xd8, 0xff, Number(n)]);
export const PAINT: RealtimeModel = {
  mode: 'unary',
  answer: (input) => ({
    images: [{ content: picture(input['n']), content_type: 'image/jpeg', width: 4, height: 3 }],
    seed: input['seed'] ?? null,
    prompt: input['prompt'] ?? '',
  }),
};
export const painter = (realtime: RealtimeModel = PAINT) =>
  startFal({ extraModels: [liveModel(ENDPOINT, realtime)] });
