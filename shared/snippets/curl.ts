import { appPath } from '../fal/endpoint-id.ts';
import { optionHeaders } from '../fal/option-headers.ts';
import { filesOf, quoted, write } from './call.ts';
import type { Call, FileToUpload } from './call.ts';
import { calledPath, calledQuery, leftOut, optionsOf } from './call-options.ts';
import { isTooLong, shellJson, shellJsonWord, shellWord, variable } from './shell-quote.ts';

const KEY = '-H "Authorization: Key $FAL_KEY"';
const JSON_TYPE = "-H 'Content-Type: application/json'";

/** Commands of a shell with curl in them; null for a live session, which curl cannot hold. */
export function curlSnippet(call: Call): string | null {
  const files = filesOf(call);
  const body = shellJsonWord(write(call.input, shellJson(files, 2)));
  const options = optionsOf(call);
  const headers = Object.entries(optionHeaders(options)).map(
    ([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`,
  );
  const limits = [
    ...(options.timeout === undefined ? [] : [`--max-time ${options.timeout}`]),
    ...(options.stallTimeout === undefined
      ? []
      : [`--speed-limit 1 --speed-time ${Math.ceil(options.stallTimeout)}`]),
  ];
  const request = (url: string, ...more: readonly string[]): string =>
    [
      `curl -sS -X POST ${shellWord(url)}`,
      KEY,
      JSON_TYPE,
      ...headers,
      ...more,
      isTooLong(body) ? `--data @- <<< ${body}` : `--data ${body}`,
    ].join(' \\\n  ');
  const remark = call.method === 'queue' ? leftOut(call, ['timeout', 'stallTimeout']) : null;
  const uploads = [...(remark === null ? [] : [`# ${remark}`]), ...files.map(upload)];
  switch (call.method) {
    case 'queue': {
      const followed = `https://queue.fal.run/${appPath(call.endpoint)}/requests/$REQUEST_ID`;
      return [
        ...uploads,
        `RESPONSE=$(${request(`https://queue.fal.run/${calledPath(call)}${calledQuery(call)}`)})
printf '%s\\n' "$RESPONSE"
REQUEST_ID=$(${picked('RESPONSE', 'request_id')})`,
        `# Until it is done
while curl -sS "${followed}/status" \\
  ${KEY} | grep -qE '"IN_(QUEUE|PROGRESS)"'; do sleep 1; done`,
        `# The result
curl -sS "${followed}" \\
  ${KEY}`,
      ].join('\n\n');
    }
    case 'run':
      return [...uploads, request(`https://fal.run/${calledPath(call)}`, ...limits)].join('\n\n');
    case 'stream':
      return [
        ...uploads,
        request(
          `https://fal.run/${calledPath(call)}`,
          "-H 'Accept: text/event-stream'",
          '--no-buffer',
          ...limits,
        ),
      ].join('\n\n');
    case 'realtime':
      return null;
  }
}

/** Puts a file that lies beside into fal's storage (fal-protocol §8.1); the key goes to fal and not to the storage. */
function upload(file: FileToUpload): string {
  const wish = `{"content_type": ${quoted(file.contentType)}, "file_name": ${quoted(file.name)}}`;
  const name = variable(file);
  return `UPLOAD=$(curl -sS -X POST 'https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3' \\
  ${KEY} \\
  ${JSON_TYPE} \\
  --data ${shellWord(wish)})
UPLOAD_URL=$(${picked('UPLOAD', 'upload_url')})
curl -sS -X PUT "$UPLOAD_URL" \\
  -H ${shellWord(`Content-Type: ${file.contentType}`)} \\
  --data-binary ${shellWord(`@./${file.name}`)}
${name}=$(${picked('UPLOAD', 'file_url')})`;
}

/** One text of a JSON answer, without a tool that may not be there. */
function picked(name: string, key: string): string {
  return `printf '%s' "$${name}" | grep -o '"${key}": *"[^"]*"' | cut -d '"' -f 4`;
}
