import { fullPath } from '../fal/endpoint-id.ts';
import { filesOf, write } from './call.ts';
import type { Call, CallMethod } from './call.ts';
import { isTooLong, shellJson, shellJsonWord, shellWord, variable } from './shell-quote.ts';

const COMMAND = 'npm run --silent fal --';

const METHODS = {
  queue: { name: 'subscribe', options: ' --logs' },
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

function lineOf({ endpoint, method }: Call, input: string): string {
  const id = fullPath(endpoint);
  if (method === 'realtime') return `${COMMAND} realtime ${id} <<< ${input}`;
  const { name, options } = METHODS[method];
  return isTooLong(input)
    ? `${COMMAND} ${name} ${id} -${options} <<< ${input}`
    : `${COMMAND} ${name} ${id} ${input}${options}`;
}
