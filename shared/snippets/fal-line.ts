import { fullPath } from '../fal/endpoint-id.ts';
import type { RequestOptions } from '../fal/request-options.ts';
import { filesOf, write } from './call.ts';
import type { Call, CallMethod } from './call.ts';
import { optionsOf } from './call-options.ts';
import { isTooLong, shellJson, shellJsonWord, shellWord, variable } from './shell-quote.ts';

const COMMAND = 'npm run --silent fal --';

const METHODS = {
  queue: { name: 'subscribe', options: '--logs' },
  run: { name: 'run', options: '' },
  stream: { name: 'stream', options: '' },
} as const satisfies Record<Exclude<CallMethod, 'realtime'>, unknown>;

/** The line of this project's own client that makes the call; uploads come before it. */
export function falLine(call: Call): string {
  const files = filesOf(call);
  const uploads = files.map(
    (file) =>
      `${variable(file)}=$(${COMMAND} upload ${shellWord(`./${file.name}`)} | grep -o '"data": *"[^"]*"' | cut -d '"' -f 4)`,
  );
  // On one line: a live session reads an input from each.
  const input = shellJsonWord(write(call.input, shellJson(files, null)));
  return [...uploads, lineOf(call, input)].join('\n');
}

function lineOf(call: Call, input: string): string {
  const { endpoint, method } = call;
  const id = fullPath(endpoint);
  if (method === 'realtime') return `${COMMAND} realtime ${id} <<< ${input}`;
  const { name, options: always } = METHODS[method];
  const options = [always, ...flagsOf(optionsOf(call))].filter(Boolean).join(' ');
  return isTooLong(input)
    ? `${COMMAND} ${name} ${id} -${options && ` ${options}`} <<< ${input}`
    : `${COMMAND} ${name} ${id} ${input}${options && ` ${options}`}`;
}

/** Each as one word with its value: one that begins with a dash would be taken for a flag of its own. */
function flagsOf(options: RequestOptions): readonly string[] {
  const { lifecycle, retryConfig } = options;
  const flag = (name: string, value: string | number | undefined): string[] =>
    value === undefined ? [] : [`--${name}=${plain(String(value))}`];
  const bare = (name: string, on: boolean | undefined): string[] => (on === true ? [`--${name}`] : []);
  return [
    ...flag('path', options.path),
    ...flag('priority', options.priority),
    ...flag('hint', options.hint),
    ...flag('start-timeout', options.startTimeout),
    ...flag('timeout', options.timeout),
    ...flag('stall-timeout', options.stallTimeout),
    ...flag('max-queue-length', options.maxQueueLength),
    ...flag('store-io', options.storeIo === false ? 'off' : undefined),
    ...bare('no-retry', options.noRetry),
    ...flag('retry-config', retryConfig && JSON.stringify(retryConfig)),
    ...bare('no-fallback', options.disableFallback),
    ...flag('keep-files', lifecycle?.expiresIn),
    ...flag('file-readers', lifecycle?.initialAcl?.default),
    ...flag('webhook', options.webhookUrl),
    ...Object.entries(options.headers ?? {}).flatMap(([name, value]) => flag('header', `${name}=${value}`)),
  ];
}

const plain = (value: string): string => (/^[\w./:-]+$/.test(value) ? value : shellWord(value));
