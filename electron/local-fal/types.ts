import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RealtimeHooks, RealtimeModel } from './realtime/types.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/** The uses fal has a host for (fal-protocol §1.1); here each is a path prefix on one port. */
export const HOST_NAMES = ['queue', 'run', 'ws', 'rest', 'api', 'cdn', 'site'] as const;
export type HostName = (typeof HOST_NAMES)[number];

/** Base URLs without a trailing slash; fal's own paths follow unchanged. `url` is the server itself. */
export type Hosts = Readonly<Record<HostName | 'url', string>>;

/** A finished HTTP answer. `body` is written as JSON; bigints in it become plain JSON integers. */
export type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
};

/** One entry of a 422 `detail` list (fal-protocol §10.1). */
export type ValidationDetail = {
  readonly loc: readonly (string | number)[];
  readonly msg: string;
  readonly type: string;
  readonly ctx?: JsonObject;
  readonly input?: unknown;
};

export type LogLevel = 'STDERR' | 'STDOUT' | 'ERROR' | 'INFO' | 'WARN' | 'DEBUG';

/** A log line as it stands on the wire (fal-protocol §4.2). */
export type LogEntry = {
  readonly message: string;
  readonly level: LogLevel;
  readonly source: 'USER';
  readonly timestamp: string;
};

export type StoredFile = {
  readonly url: string;
  readonly content_type: string;
  readonly file_name: string;
  /** Bytes. */
  readonly file_size: number;
};

export type FileContent = { readonly bytes: Uint8Array; readonly contentType: string };

/** What a model says while it works. The last event of a good run is its `output`. */
export type RunEvent =
  | { readonly kind: 'log'; readonly message: string; readonly level?: LogLevel }
  /** Seen only by whoever streams; a queue request throws it away. */
  | { readonly kind: 'preview'; readonly data: unknown }
  | { readonly kind: 'output'; readonly data: unknown };

export type RunContext = {
  readonly requestId: string;
  /** Aborted by an honoured cancel, a dropped direct call, or the server's end. */
  readonly signal: AbortSignal;
  /** True where somebody reads the previews, so that nobody paints them for nothing. */
  readonly streaming: boolean;
  /** The request body as it came: integers beyond 2^53 are only exact here. */
  readonly bodyText: string;
  /** Waits `ms` times the server's pace, or one turn of the event loop. Rejects when `signal` aborts. */
  pause(ms: number): Promise<void>;
  /** Keeps a file on the CDN host and says where it is. */
  store(file: FileContent & { readonly extension: string; readonly fileName?: string }): StoredFile;
};

export type ModelMetadata = {
  readonly display_name: string;
  readonly category: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly status?: 'active' | 'deprecated';
  readonly updated_at: string;
  readonly date: string;
  readonly license_type?: string;
  readonly group?: { readonly key: string; readonly label: string };
  readonly highlighted?: boolean;
};

export type Price = { readonly unit_price: number; readonly unit: string; readonly currency: string };

export type LocalModel = {
  /** `owner/alias[/path]`, or `workflows|comfy/owner/alias[/path]` (fal-protocol §2.1). */
  readonly endpointId: string;
  readonly metadata: ModelMetadata;
  readonly price: Price | null;
  /** What a run is charged for, where that is not what came out (see billing.ts). */
  readonly units?: (input: unknown, output: unknown) => number;
  /** True when `run/<id>/stream` answers with server-sent events (fal-protocol §6). */
  readonly streams: boolean;
  /** Set when it also speaks over a WebSocket (fal-protocol §7). */
  readonly realtime?: RealtimeModel;
  /** A private app: it runs for whoever knows its id, and neither catalogue nor website tells of it. */
  readonly unlisted?: true;
  /** Requests pretended to be ahead of each one, so that a lone user sees a queue move. */
  readonly ahead?: number;
  /** Painted the first time somebody asks for it. */
  readonly thumbnail?: { readonly fileName: string; make(): Promise<FileContent> };
  openapi(hosts: Hosts): unknown;
  /** The `detail` of a 422, or null when the input is good. */
  validate(input: unknown): readonly ValidationDetail[] | null;
  run(input: unknown, context: RunContext): AsyncIterable<RunEvent>;
};

/** Thrown by a model that ends with an HTTP error of its own. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly answer: Answer;
  readonly errorType: string;
  constructor(message: string, errorType: string, answer: Answer) {
    super(message);
    this.answer = answer;
    this.errorType = errorType;
  }
}

export type Authorization = 'valid' | 'other' | 'none';

/** One request being answered. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly method: string;
  /** Null for paths under no host, such as the server's own root. */
  readonly host: HostName | null;
  /** Decoded, after the host's prefix, with no slash at either end. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: Authorization;
  readonly hosts: Hosts;
  /** Filled in once known; for the request log. */
  endpoint: string | null;
};

export type HookedJob = {
  readonly id: string;
  readonly endpointId: string;
  readonly signal: AbortSignal;
  /** How often it was put back into the queue. */
  readonly returns: number;
};

/** How a model's stream goes wrong. */
export type StreamMishap = {
  /** Each event comes in pieces with a pause between, cut within its characters where it has any of several bytes. */
  readonly split?: boolean;
  /** A comment line before each event. */
  readonly comments?: boolean;
  /** Sent after the last event, as it is. */
  readonly closing?: string;
  /** After so many events the stream falls silent, or its connection is cut. */
  readonly after?: { readonly events: number; readonly how: 'stall' | 'cut' };
};

/**
 * The seam through which tests misbehave; the packaged app gives none. A hook that answers null or
 * undefined changes nothing.
 */
export type LocalFalHooks = {
  /** Before routing. True when the hook wrote the answer itself. */
  onRequest?(exchange: Exchange): Promise<boolean> | boolean;
  /** After the answer's last byte, or the loss of the connection. */
  onFinished?(exchange: Exchange): void;
  /** Before anything is taken: an answer here means that no job exists. */
  beforeSubmit?(exchange: Exchange, endpointId: string): Promise<Answer | null> | Answer | null;
  /** With the request in the queue, before its answer: 'drop' loses the answer on its way. */
  onSubmitted?(exchange: Exchange, requestId: string): Promise<'drop' | null> | 'drop' | null;
  /** An answer in place of the stream, or the number of events after which the connection is cut. */
  onStatusStream?(exchange: Exchange, requestId: string): Answer | { readonly cutAfter: number } | null;
  /** Of a model's own events (fal-protocol §6). */
  onStream?(exchange: Exchange): StreamMishap | null;
  /** True where a new request's URLs are to name the whole id, and `/response` (fal-protocol §14). */
  longUrls?(): boolean;
  onResult?(exchange: Exchange, requestId: string): Answer | null;
  /** The number of body bytes after which the connection is cut. */
  onCdn?(exchange: Exchange, name: string, length: number): number | null;
  /** Where the tag of a part that came is told (fal-protocol §8.2); both where nobody says otherwise. */
  onPart?(exchange: Exchange): { readonly inHeader: boolean; readonly inBody: boolean };
  /** While the job still stands in the queue. */
  whileQueued?(job: HookedJob): Promise<void> | void;
  /** After it turned IN_PROGRESS: put it back into the queue, or end it with an error. */
  whileRunning?(job: HookedJob): Promise<'requeue' | ModelError | null> | 'requeue' | ModelError | null;
  readonly realtime?: RealtimeHooks;
};
