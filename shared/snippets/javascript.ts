import { filesOf, quoted, write } from './call.ts';
import { parseJson } from '../json.ts';
import type { Call, FileToUpload, Notation } from './call.ts';
import { calledPath, headersBeside, leftOut, optionsOf } from './call-options.ts';
import { fullPath } from '../fal/endpoint-id.ts';

/** A module of JavaScript for Node with `@fal-ai/client`, which reads FAL_KEY itself. */
export function javascriptSnippet(call: Call): string {
  const files = filesOf(call);
  const live = call.method === 'realtime';
  const written = (depth: number): string => write(call.input, notation(files, live), depth);
  const imports = [
    ...(files.length === 0 ? [] : ['import { openAsBlob } from "node:fs";']),
    'import { fal } from "@fal-ai/client";',
  ];
  const blocks = [
    imports.join('\n'),
    ...(files.length === 0 ? [] : [files.map(upload).join('\n')]),
    `${holdsBigint(call.input) ? (live ? ROUNDED : EXACT) : ''}${callOf(call, written)}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** The client writes its input with JSON.stringify, which refuses a BigInt. */
const EXACT = '// JSON.rawJSON (Node 22) keeps the digits of a number that JavaScript would round.\n';
/** A live message is no JSON but MessagePack, and the client's knows no BigInt either. */
const ROUNDED = '// JavaScript rounds a number as large as one of these.\n';

function callOf(call: Call, written: (depth: number) => string): string {
  const { endpoint, method } = call;
  const id = string(fullPath(endpoint));
  switch (method) {
    case 'queue':
      return `${remark(call, ['stallTimeout', 'maxQueueLength'])}const result = await fal.subscribe(${string(calledPath(call))}, {
  input: ${written(1)},
${queueOptions(call)}  logs: true,
  onQueueUpdate: (update) => {
    if (update.status === "IN_PROGRESS") {
      for (const log of update.logs ?? []) console.log(log.message);
    }
  },
});
console.log(result.requestId);
console.log(result.data);`;
    case 'run':
      return `${remark(call, NOT_RUN)}const result = await fal.run(${string(calledPath(call))}, {
  input: ${written(1)},
${runOptions(call)}});
console.log(result.requestId);
console.log(result.data);`;
    case 'stream':
      return `${remark(call, NOT_STREAMED)}const stream = await fal.stream(${id}, {
  input: ${written(1)},
${streamOptions(call)}});
for await (const event of stream) console.log(event);
console.log(await stream.done());`;
    case 'realtime':
      return `const connection = fal.realtime.connect(${id}, {
  onResult: (result) => {
    console.log(result);
    connection.close();
  },
  onError: (error) => console.error(error),
});
connection.send(${written(0)});`;
  }
}

/** The client's direct call and its stream have no headers; the second knows nothing of fal's own either. */
const NOT_RUN = ['hint', 'stallTimeout', 'storeIo', 'disableFallback', 'headers'] as const;
const NOT_STREAMED = ['stallTimeout', 'storeIo', 'disableFallback', 'lifecycle', 'headers'] as const;

function remark(call: Call, names: Parameters<typeof leftOut>[1]): string {
  const left = leftOut(call, names);
  return left === null ? '' : `// ${left}\n`;
}

const lines = (options: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(options)
    .flatMap(([name, written]) => (written === undefined ? [] : [`  ${name}: ${written},\n`]))
    .join('');

function queueOptions(call: Call): string {
  const { priority, startTimeout, timeout, webhookUrl, lifecycle } = optionsOf(call);
  const headers = headersBeside(call, ['priority', 'startTimeout', 'lifecycle']);
  return lines({
    priority: priority && string(priority),
    startTimeout: startTimeout === undefined ? undefined : String(startTimeout),
    timeout: timeout === undefined ? undefined : milliseconds(timeout),
    webhookUrl: webhookUrl && string(webhookUrl),
    storageSettings: lifecycle && inline(lifecycle),
    headers: Object.keys(headers).length === 0 ? undefined : inline(headers),
  });
}

function runOptions(call: Call): string {
  const { startTimeout, timeout, lifecycle } = optionsOf(call);
  return lines({
    startTimeout: startTimeout === undefined ? undefined : String(startTimeout),
    abortSignal: timeout === undefined ? undefined : `AbortSignal.timeout(${milliseconds(timeout)})`,
    storageSettings: lifecycle && inline(lifecycle),
  });
}

function streamOptions(call: Call): string {
  const { path, timeout } = optionsOf(call);
  return lines({
    url: path && string(`https://fal.run/${calledPath(call)}`),
    signal: timeout === undefined ? undefined : `AbortSignal.timeout(${milliseconds(timeout)})`,
  });
}

const milliseconds = (seconds: number): string => String(Math.round(seconds * 1000));

/** On one line. */
function inline(value: object): string {
  const parsed = parseJson(JSON.stringify(value));
  return parsed.ok
    ? write(parsed.value, { ...notation([], false), indent: null, trailingComma: false })
    : '{}';
}

function notation(files: readonly FileToUpload[], live: boolean): Notation {
  const names = new Map(files.map((file) => [file.sha256, variable(file)]));
  return {
    indent: 2,
    trailingComma: true,
    text: string,
    key,
    whole: (value) => (live ? String(value) : `JSON.rawJSON("${value}")`),
    word: String,
    file: (sha256) => names.get(sha256) ?? '',
  };
}

/** Also safe inside a page's own script element. */
function string(text: string): string {
  return quoted(text).replace(/<(?=\/|!--)/g, '\\u003c');
}

/** `__proto__` written plainly would set the prototype and not be sent. */
function key(name: string): string {
  if (name === '__proto__') return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : string(name);
}

const variable = ({ number }: FileToUpload): string => (number === 0 ? 'file' : `file${number}`);

function upload(file: FileToUpload): string {
  const blob = `await openAsBlob(${string(`./${file.name}`)}, { type: ${string(file.contentType)} })`;
  return `const ${variable(file)} = await fal.storage.upload(${blob});`;
}

function holdsBigint(value: unknown): boolean {
  if (typeof value === 'bigint') return true;
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsBigint);
}
