import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseJson } from '../shared/json.ts';
import { isJsonArray } from '../shared/schema/node.ts';
import { reportOn } from '../scripts/schema-report/report.ts';
import type { Row } from '../scripts/schema-report/report.ts';
import { readModelDocument } from '../shared/schema/document.ts';
import type { Field } from '../shared/schema/field.ts';
import { corpus, hasCorpus, isUnseen } from './corpus.ts';

/** What a person would want for one property, decided by its name, its words and its choices, not by the engine. */
interface Label {
  readonly endpoint: string;
  readonly pointer: string;
  /** A kind, with the medium of a file and the kind of a list's items: "file image", "list of choice", "long text". */
  readonly wanted: string;
}

function readLabels(): readonly Label[] {
  const parsed = parseJson(readFileSync(new URL('fixtures/labels/fields.json', import.meta.url), 'utf8'));
  if (!parsed.ok || !isJsonArray(parsed.value)) throw new Error('no labels');
  return parsed.value.map((row) => {
    const [endpoint, pointer, wanted] = isJsonArray(row) ? row.map(String) : [];
    if (endpoint === undefined || pointer === undefined || wanted === undefined) throw new Error('no label');
    return { endpoint, pointer, wanted };
  });
}

/** All names a field answers to: a prompt is a "text" as well as a "long text". */
function namesOf(row: Row): readonly string[] {
  return row.field === null ? [row.kind] : fieldNames(row.field);
}

function fieldNames(field: Field): readonly string[] {
  switch (field.kind) {
    case 'text':
      return ['text', field.multiline ? 'long text' : 'short text'];
    case 'file':
      return field.maskOf === undefined ? [`file ${field.medium}`] : ['mask'];
    case 'list':
      return fieldNames(field.item).map((name) => `list of ${name}`);
    default:
      return [field.kind];
  }
}

describe.skipIf(!hasCorpus)('the field each labelled property gets (../shared/schemas)', () => {
  const labels = readLabels();
  const rows = new Map<string, readonly Row[]>();
  const wanted = new Set(labels.map(({ endpoint }) => endpoint));
  for (const [, document] of corpus()) {
    const model = readModelDocument(document);
    if (model.kind !== 'ok' || !wanted.has(model.endpointId) || rows.has(model.endpointId)) continue;
    rows.set(model.endpointId, reportOn(document).rows);
  }
  const missed = (label: Label): readonly string[] => {
    const row = rows.get(label.endpoint)?.find(({ path }) => path === label.pointer);
    const names = row === undefined ? [] : namesOf(row);
    return names.includes(label.wanted)
      ? []
      : [`${label.endpoint}${label.pointer}: ${label.wanted}, got ${names.join(', ')}`];
  };

  it.each([
    ['seen', labels.filter(({ endpoint }) => !isUnseen(endpoint)), 100],
    ['not seen', labels.filter(({ endpoint }) => isUnseen(endpoint)), 45],
  ])('is the one a person would want, in documents %s', (_, part, atLeast) => {
    expect(part.length).toBeGreaterThanOrEqual(atLeast);
    const wrong = part.flatMap(missed);
    // One in fifty may be a matter of taste; a list of them is the better message.
    expect(wrong.length / part.length <= 0.02 ? [] : wrong).toEqual([]);
  });
});
