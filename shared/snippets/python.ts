import { fullPath } from '../fal/endpoint-id.ts';
import { endsWith, filesOf, quoted, write } from './call.ts';
import type { Call, FileToUpload, Notation } from './call.ts';
import { headersBeside, leftOut, optionsOf } from './call-options.ts';

/** A Python script with `fal_client`, which reads FAL_KEY itself. */
export function pythonSnippet(call: Call): string {
  const files = filesOf(call);
  const uploads = files
    .map((file) => `${variable(file)} = fal_client.upload_file(${quoted(`./${file.name}`)})`)
    .join('\n');
  const blocks = ['import fal_client', ...(uploads === '' ? [] : [uploads]), ...callOf(call, files)];
  return `${blocks.join('\n\n')}\n`;
}

function callOf(call: Call, files: readonly FileToUpload[]): readonly string[] {
  const { endpoint, method, input } = call;
  const id = quoted(fullPath(endpoint));
  const written = (depth: number): string => write(input, notation(files), depth);
  // The client puts the step behind every id, also where it is there already (fal-protocol §2.3).
  const path = (step: string): string => (endsWith(endpoint, step) ? 'path=""' : '');
  switch (method) {
    case 'queue':
      return [
        `
def on_queue_update(update):
    if isinstance(update, fal_client.InProgress):
        for log in update.logs or []:
            print(log["message"])
`,
        `${remark(call, ['stallTimeout', 'webhookUrl', 'maxQueueLength'])}result = fal_client.subscribe(
    ${id},
    arguments=${written(1)},${words(call, QUEUE_WORDS)}
    with_logs=True,
    on_queue_update=on_queue_update,
)
print(result)`,
      ];
    case 'run':
      return [
        `${remark(call, ['stallTimeout'])}result = fal_client.run(
    ${id},
    arguments=${written(1)},${words(call, RUN_WORDS)}
)
print(result)`,
      ];
    case 'stream':
      return [
        `${remark(call, ['stallTimeout'])}for event in fal_client.stream(
    ${id},
    arguments=${written(1)},${optionsOf(call).path === undefined ? path('stream') && `\n    ${path('stream')},` : ''}${words(call, STREAM_WORDS)}
):
    print(event)`,
      ];
    case 'realtime':
      return [
        `with fal_client.realtime(${[id, path('realtime')].filter(Boolean).join(', ')}) as connection:
    connection.send(${written(1)})
    print(connection.recv())`,
      ];
  }
}

type Named = readonly (readonly [option: 'priority' | 'hint' | 'startTimeout' | 'timeout', word: string])[];

/** What each call has words for; all else that can be said in headers goes there. */
const QUEUE_WORDS: Named = [
  ['priority', 'priority'],
  ['hint', 'hint'],
  ['startTimeout', 'start_timeout'],
  ['timeout', 'client_timeout'],
];
const RUN_WORDS: Named = [
  ['hint', 'hint'],
  ['startTimeout', 'start_timeout'],
  ['timeout', 'timeout'],
];
const STREAM_WORDS: Named = [['timeout', 'timeout']];

function words(call: Call, named: Named): string {
  const options = optionsOf(call);
  const headers = headersBeside(
    call,
    named.map(([option]) => option),
  );
  const said = [
    ...(options.path === undefined ? [] : [`path=${quoted(`/${options.path}`)}`]),
    ...named.flatMap(([option, word]) => {
      const value = options[option];
      return value === undefined ? [] : [`${word}=${typeof value === 'string' ? quoted(value) : value}`];
    }),
    ...(Object.keys(headers).length === 0
      ? []
      : [`headers=${write(headers, { ...notation([]), indent: null, trailingComma: false })}`]),
  ];
  return said.map((one) => `\n    ${one},`).join('');
}

function remark(call: Call, names: Parameters<typeof leftOut>[1]): string {
  const left = leftOut(call, names);
  return left === null ? '' : `# ${left}\n`;
}

function notation(files: readonly FileToUpload[]): Notation {
  const names = new Map(files.map((file) => [file.sha256, variable(file)]));
  return {
    indent: 4,
    trailingComma: true,
    text: quoted,
    key: quoted,
    whole: String,
    word: (value) => (value === null ? 'None' : value ? 'True' : 'False'),
    file: (sha256) => names.get(sha256) ?? 'None',
  };
}

const variable = ({ number }: FileToUpload): string => (number === 0 ? 'file' : `file_${number}`);
