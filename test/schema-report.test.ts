import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { parseJson, stringifyJson } from '../shared/json.ts';
import type { JsonValue } from '../shared/json.ts';
import { reportOn } from '../scripts/schema-report/report.ts';
import { summaryOf } from '../scripts/schema-report/print.ts';
import { corpus, hasCorpus } from './corpus.ts';

const script = fileURLToPath(new URL('../scripts/schema-report.ts', import.meta.url));
const fixture = (name: string) => fileURLToPath(new URL(`fixtures/schemas/${name}.json`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'schema-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  return { status, lines: stdout.trim().split('\n'), stderr };
}

function read(file: string): JsonValue {
  const parsed = parseJson(readFileSync(file, 'utf8'));
  if (!parsed.ok) throw new Error(parsed.message);
  return parsed.value;
}

function written(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('schema:report', () => {
  it('prints a line of JSON a document, with every property down to the deepest', () => {
    const { status, lines } = report(
      '--json',
      fixture('plain-image-model'),
      fixture('input-named-like-another'),
    );
    expect(lines.map((line): unknown => JSON.parse(line))).toEqual([
      {
        endpoint: 'acme/plain-image-model',
        fields: [
          { path: '/prompt', field: 'text', required: true },
          { path: '/image_size', field: 'size', required: false },
          { path: '/image_size/width', field: 'number', required: false },
          { path: '/image_size/height', field: 'number', required: false },
          { path: '/num_images', field: 'number', required: false },
          { path: '/seed', field: 'seed', required: false },
          { path: '/sync_mode', field: 'switch', required: false },
        ],
        request: {},
        fallout: [],
      },
      {
        endpoint: 'acme/input-named-like-another',
        fields: [
          { path: '/prompt', field: 'text', required: true },
          { path: '/loras', field: 'list', required: false },
          { path: '/loras/*', field: 'object', required: true },
          { path: '/loras/*/path', field: 'text', required: true },
          { path: '/loras/*/scale', field: 'number', required: false },
        ],
        request: {},
        fallout: [],
      },
    ]);
    expect(status).toBe(0);
  });

  it('reads a file of many documents, and says for a person what they came to', () => {
    const document = fixture('required-with-default');
    const many = written('many.json', stringifyJson([read(document), read(document)]));
    const { status, lines } = report(many);
    expect(lines.filter((line) => line.includes('"prompt":""'))).toHaveLength(2);
    expect(lines).toContain('2 documents, 10 properties');
    expect(lines.at(-1)).toMatch(/^time in the engine: \d+ ms, the slowest document \d+\.\d ms$/);
    expect(status).toBe(0);
  });

  it('goes on after what it cannot read, and fails in the end', () => {
    const page = written('page.json', '<!doctype html><title>Not found</title>');
    const { status, lines, stderr } = report('--json', page, join(folder, 'gone.json'), fixture('switches'));
    expect(lines).toHaveLength(1);
    expect(stderr).toMatch(/page\.json: not JSON/);
    expect(stderr).toMatch(/gone\.json: ENOENT/);
    expect(status).toBe(1);
  });

  it('asks for a file, and for options it knows', () => {
    expect(report()).toMatchObject({ status: 2 });
    expect(report('--jsom', 'x').stderr).toMatch(/usage: schema:report/);
  });

  it('lists what is hidden, and tells a document without a form from one whose fields fell out', () => {
    expect(
      reportOn(read(fixture('hidden-and-deprecated'))).rows.map(({ path, kind }) => `${path} ${kind}`),
    ).toContain('/internal hidden');
    expect(reportOn(read(fixture('dangling-input')))).toMatchObject({
      rows: [],
      fallout: [],
      unreadable: 'The model’s document does not describe its input.',
    });
  });
});

describe.skipIf(!hasCorpus)('schema:report on real documents (../shared/schemas)', () => {
  it('gives every property a field, and leaves less than one in a hundred to JSON', () => {
    const reports = [...corpus()].map(([, document]) => reportOn(document));
    expect(reports.flatMap(({ endpoint, fallout }) => fallout.map((path) => `${endpoint}${path}`))).toEqual(
      [],
    );
    const kinds = reports.flatMap(({ rows }) => rows.map(({ kind }) => kind));
    expect(kinds.filter((kind) => kind === 'json').length / kinds.length).toBeLessThan(0.01);
    expect(summaryOf(reports)).toContain('fell out: 0');
  });
});
