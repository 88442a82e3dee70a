import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseJson, stringifyJson } from '../shared/json.ts';
import type { JsonValue } from '../shared/json.ts';
import { isJsonArray } from '../shared/schema/node.ts';
import { asLine, asText, summaryOf } from './schema-report/print.ts';
import { reportOn } from './schema-report/report.ts';
import type { Report } from './schema-report/report.ts';

const USAGE = `usage: schema:report [--json] FILE...

  Each file holds an OpenAPI document of a model, or an array of them. For every property of its input: the field the
  form gives it, whether it is required, its default and limits; then the request the untouched form would send.

  --json   a line a document: {"endpoint","fields":[{"path","field","required"}],"request":{...},"fallout":[]}

  Exit code 1 when a property has no field, or a file cannot be read.
`;

function fail(message: string, code: number): never {
  process.stderr.write(`schema:report: ${message}\n`);
  process.exit(code);
}

/** The documents of one file; a message when it holds none. */
function documentsIn(file: string): readonly JsonValue[] | string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const parsed = parseJson(text);
  if (!parsed.ok) return `not JSON (${parsed.message})`;
  return isJsonArray(parsed.value) ? parsed.value : [parsed.value];
}

function main(files: readonly string[], json: boolean): void {
  const reports: Report[] = [];
  let unread = 0;
  for (const file of files) {
    const documents = documentsIn(file);
    if (typeof documents === 'string') {
      unread++;
      process.stderr.write(`schema:report: ${file}: ${documents}\n`);
      continue;
    }
    for (const document of documents) {
      const report = reportOn(document);
      reports.push(report);
      process.stdout.write(json ? `${stringifyJson(asLine(report))}\n` : `${asText(report)}\n\n`);
    }
  }
  if (!json) process.stdout.write(`${summaryOf(reports)}\n`);
  process.exitCode = unread > 0 || reports.some(({ fallout }) => fallout.length > 0) ? 1 : 0;
}

let values: { readonly json: boolean };
let positionals: readonly string[];
try {
  ({ values, positionals } = parseArgs({
    options: { json: { type: 'boolean', default: false } },
    allowPositionals: true,
  }));
} catch (error) {
  fail(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`, 2);
}
if (positionals.length === 0) fail(`no file\n\n${USAGE}`, 2);
// A reader that stops early, such as `head`, is no fault.
process.stdout.on('error', () => process.exit(0));
main(positionals, values.json);
