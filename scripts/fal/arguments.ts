import { parseArgs } from 'node:util';
import type { Counted } from '../../electron/fal/pricing.ts';
import type { AuthWay } from '../../electron/fal/realtime/pass.ts';
import { requestOptionsSchema, retryConfigSchema } from '../../shared/fal/request-options.ts';
import type { SubscribeOptions } from '../../electron/fal/subscribe.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { LIVE_MODES } from '../../shared/realtime/traits.ts';
import type { LiveMode } from '../../shared/realtime/traits.ts';
import { parseJson } from '../../shared/json.ts';
import type { Result } from '../../shared/result.ts';
import { readWith } from '../read-arguments.ts';

export const METHODS = [
  'run',
  'submit',
  'subscribe',
  'stream',
  'realtime',
  'status',
  'result',
  'cancel',
  'schema',
  'price',
  'upload',
  'models',
  'verify-webhook',
] as const;
export type Method = (typeof METHODS)[number];

const USAGE =
  'npm run --silent fal -- METHOD ENDPOINT [JSON, @FILE or -] [--hosts URL] [options]; see README.md, "The client from a shell"';

export interface Invocation {
  readonly method: Method;
  /** The endpoint; a file's path for `upload` and `verify-webhook`, a search for `models`. */
  readonly target: string;
  /** As typed: JSON, `@FILE` or `-`; null where nothing was. */
  readonly input: string | null;
  /** Address of a fal-compatible server on this computer; null for fal itself. */
  readonly hosts: string | null;
  readonly requestId: string | null;
  /** When a saved delivery came, in milliseconds since 1970; null for just now. */
  readonly at: number | null;
  /** How much of it a price is asked for; null for a unit's. */
  readonly estimate: { readonly counted: Counted; readonly count: number } | null;
  readonly options: SubscribeOptions;
  /** Without `mode` the model's document tells. */
  readonly live: { readonly maxBuffering?: number; readonly auth: AuthWay; readonly mode?: LiveMode };
}

/** Everything that can be known to be wrong without asking anyone. Ranges are the client's to check. */
export function readArguments(args: readonly string[]): Result<Invocation, AppError> {
  return readWith(invocationOf, args, USAGE);
}

/** Throws a sentence for the person, as `parseArgs` does. */
function invocationOf(args: readonly string[]): Invocation {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      hosts: { type: 'string' },
      'request-id': { type: 'string' },
      path: { type: 'string' },
      logs: { type: 'boolean' },
      priority: { type: 'string' },
      hint: { type: 'string' },
      'start-timeout': { type: 'string' },
      timeout: { type: 'string' },
      'stall-timeout': { type: 'string' },
      header: { type: 'string', multiple: true, default: [] },
      webhook: { type: 'string' },
      'max-queue-length': { type: 'string' },
      'store-io': { type: 'string' },
      'no-retry': { type: 'boolean' },
      'retry-config': { type: 'string' },
      'no-fallback': { type: 'boolean' },
      'keep-files': { type: 'string' },
      'file-readers': { type: 'string' },
      mode: { type: 'string' },
      'max-buffering': { type: 'string' },
      'live-mode': { type: 'string' },
      auth: { type: 'string' },
      at: { type: 'string' },
      calls: { type: 'string' },
      units: { type: 'string' },
    },
  });
  const [name, ...rest] = positionals;
  const method = METHODS.find((known) => known === name);
  // A search is all its words.
  const [target = '', input = null, ...more] = method === 'models' ? [rest.join(' ')] : rest;
  if (method === undefined) throw new Error(`A method is one of ${METHODS.join(', ')}`);
  if (more.length > 0) throw new Error(`There is more than one input: ${more.join(' ')}`);
  if (target === '' && method !== 'models') throw new Error(`${method} needs an endpoint or a file`);
  const requestId = values['request-id'] ?? null;
  if (BY_ID.has(method) && (requestId === null || requestId === ''))
    throw new Error(`${method} needs --request-id`);
  const logs = values.logs;
  const timeout = numberOf('timeout', values.timeout);
  if (!requestOptionsSchema.safeParse({ timeout }).success)
    throw new Error(`--timeout is a number of seconds above 0, and not ${timeout}`);
  const mode = oneOf('mode', values.mode, ['stream', 'poll']);
  const liveMode = oneOf('live-mode', values['live-mode'], LIVE_MODES);
  const storeIo = oneOf('store-io', values['store-io'], ['on', 'off']);
  const expiresIn = durationOf(values['keep-files']);
  const readers = oneOf('file-readers', values['file-readers'], ['allow', 'hide', 'forbid']);
  const lifecycle = {
    ...(expiresIn === undefined ? {} : { expiresIn }),
    ...(readers === undefined ? {} : { initialAcl: { default: readers } }),
  };
  const maxBuffering = numberOf('max-buffering', values['max-buffering']);
  return {
    method,
    target,
    input,
    hosts: values.hosts ?? null,
    requestId,
    at: timeOf(values.at),
    estimate: estimateOf(numberOf('calls', values.calls), numberOf('units', values.units)),
    options: {
      headers: Object.fromEntries(values.header.map(headerOf)),
      path: values.path,
      hint: values.hint,
      webhookUrl: values.webhook,
      priority: oneOf('priority', values.priority, ['normal', 'low']),
      startTimeout: numberOf('start-timeout', values['start-timeout']),
      timeout,
      stallTimeout: numberOf('stall-timeout', values['stall-timeout']),
      maxQueueLength: numberOf('max-queue-length', values['max-queue-length']),
      storeIo: storeIo === undefined ? undefined : storeIo === 'on',
      noRetry: values['no-retry'],
      retryConfig: retryConfigOf(values['retry-config']),
      disableFallback: values['no-fallback'],
      ...(Object.keys(lifecycle).length === 0 ? {} : { lifecycle }),
      ...(logs === undefined ? {} : { logs }),
      ...(mode === undefined ? {} : { mode }),
    },
    live: {
      auth: oneOf('auth', values.auth, ['token', 'header']) === 'header' ? 'key' : 'token',
      ...(maxBuffering === undefined ? {} : { maxBuffering }),
      ...(liveMode === undefined ? {} : { mode: liveMode }),
    },
  };
}

const BY_ID = new Set<Method>(['status', 'result', 'cancel']);

function oneOf<const T extends string>(
  name: string,
  given: string | undefined,
  words: readonly T[],
): T | undefined {
  const found = words.find((word) => word === given);
  if (given !== undefined && found === undefined)
    throw new Error(`--${name} is one of ${words.join(', ')}, and not ${given}`);
  return found;
}

function numberOf(name: string, given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (!/^-?\d+(\.\d+)?$/.test(given)) throw new Error(`--${name} is a number, and not ${given}`);
  return Number(given);
}

function estimateOf(calls: number | undefined, units: number | undefined): Invocation['estimate'] {
  if (calls !== undefined && units !== undefined) throw new Error('Either --calls or --units, and not both');
  if (calls !== undefined) return { counted: 'calls', count: calls };
  return units === undefined ? null : { counted: 'units', count: units };
}

/** Seconds since 1970, or a date with its time and zone. */
function timeOf(given: string | undefined): number | null {
  if (given === undefined) return null;
  const time = /^\d+$/.test(given) ? Number(given) * 1000 : Date.parse(given);
  if (Number.isNaN(time)) throw new Error(`--at is a time such as 2026-01-31T12:00:00Z, and not ${given}`);
  return time;
}

/** Seconds, or one of fal's words for them. */
function durationOf(given: string | undefined): NonNullable<SubscribeOptions['lifecycle']>['expiresIn'] {
  if (given !== undefined && /^\d+$/.test(given)) return Number(given);
  return oneOf('keep-files', given, ['never', 'immediate', '1h', '1d', '7d', '30d', '1y']);
}

/** As fal's own header has it. */
function retryConfigOf(given: string | undefined): SubscribeOptions['retryConfig'] {
  if (given === undefined) return undefined;
  const parsed = parseJson(given);
  const config = retryConfigSchema.safeParse(parsed.ok ? parsed.value : null);
  if (!config.success)
    throw new Error(`--retry-config is JSON such as {"server_error":{"retries":3}}, and not ${given}`);
  return config.data;
}

function headerOf(header: string): [name: string, value: string] {
  const at = header.indexOf('=');
  if (at < 1) throw new Error(`--header is NAME=VALUE, and not ${header}`);
  return [header.slice(0, at), header.slice(at + 1)];
}
