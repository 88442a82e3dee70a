import { fullPath } from '../fal/endpoint-id.ts';
import { endsWith, filesOf, quoted, write } from './call.ts';
import type { Call, FileToUpload, Notation } from './call.ts';

/** A Python script with `fal_client`, which reads FAL_KEY itself. */
export function pythonSnippet(call: Call): string {
  const files = filesOf(call);
  const uploads = files
    .map((file) => `${variable(file)} = fal_client.upload_file(${quoted(`./${file.name}`)})`)
    .join('\n');
  const blocks = ['import fal_client', ...(uploads === '' ? [] : [uploads]), ...callOf(call, files)];
  return `${blocks.join('\n\n')}\n`;
}

function callOf({ endpoint, method, input }: Call, files: readonly FileToUpload[]): readonly string[] {
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
        `result = fal_client.subscribe(
    ${id},
    arguments=${written(1)},
    with_logs=True,
    on_queue_update=on_queue_update,
)
print(result)`,
      ];
    case 'run':
      return [
        `result = fal_client.run(
    ${id},
    arguments=${written(1)},
)
print(result)`,
      ];
    case 'stream':
      return [
        `for event in fal_client.stream(
    ${id},
    arguments=${written(1)},${path('stream') && `\n    ${path('stream')},`}
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
