import { stringifyJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import type { Field } from '../../shared/schema/field.ts';
import type { Report, Row } from './report.ts';

/** The report of one document as `--json` prints it. */
export function asLine({ endpoint, rows, request, fallout }: Report): JsonObject {
  return {
    endpoint,
    fields: rows.map(({ path, kind, required }) => ({ path, field: kind, required })),
    request,
    fallout,
  };
}

/** The report of one document for a person: a line a property, then the request. */
export function asText({ endpoint, rows, request, fallout, unreadable }: Report): string {
  const width = Math.max(0, ...rows.map(({ path }) => path.length));
  return [
    endpoint === '' ? '(no endpoint)' : endpoint,
    ...(unreadable === null ? [] : [`  written as JSON: ${unreadable}`]),
    ...rows.map((row) => `  ${row.path.padEnd(width)}  ${rowWords(row)}`),
    ...fallout.map((path) => `  ${path.padEnd(width)}  FELL OUT`),
    `  request ${stringifyJson(request)}`,
  ].join('\n');
}

function rowWords({ kind, required, field }: Row): string {
  const words = [
    `${kind}${required ? '*' : ''}`,
    field === null ? '' : shapeWords(field),
    ...(field?.alsoTakes ?? []).map((kind) => `or ${kind}`),
    field?.nullable === true ? 'or null' : '',
    field?.deprecated === true ? 'deprecated' : '',
    field?.default === undefined ? '' : `= ${shortened(stringifyJson(field.default))}`,
  ];
  return words.filter((word) => word !== '').join(' ');
}

function shapeWords(field: Field): string {
  switch (field.kind) {
    case 'text':
      return joined(field.multiline ? 'long' : '', span(field.minLength, field.maxLength, 'characters'));
    case 'file': {
      const limits = Object.entries(field.limits).filter(([name]) => name !== 'words');
      const mask = field.maskOf === undefined ? '' : `mask of ${field.maskOf}`;
      return joined(field.medium, mask, ...limits.map(([name, value]) => `${name} ${value}`));
    }
    case 'number': {
      const low = field.exclusiveMin === undefined ? field.min : `>${field.exclusiveMin}`;
      const high = field.exclusiveMax === undefined ? field.max : `<${field.exclusiveMax}`;
      const by = field.multipleOf === undefined ? '' : `multiples of ${field.multipleOf}`;
      return joined(field.integer ? 'whole' : '', span(low, high), by, field.slider ? 'slider' : '');
    }
    case 'seed':
      return span(field.min, field.max);
    case 'switch':
      return '';
    case 'choice':
      return joined(choices(field.options.map(({ value }) => value)), field.open ? 'or any text' : '');
    case 'size': {
      const presets = field.presets.map(({ value }) => value);
      return joined(
        `${field.minSide}..${field.maxSide}`,
        presets.length === 0 ? '' : `or ${choices(presets)}`,
      );
    }
    case 'list':
      return joined(span(field.minItems, field.maxItems, 'items'), field.uniqueItems ? 'unique' : '');
    case 'object':
      return joined(field.role ?? '', field.open ? '' : 'no other keys');
    case 'map':
      return '';
    case 'tuple':
      return `${field.items.length} values`;
    case 'json':
      return joined(field.expects, span(field.minItems, field.maxItems, 'items'), field.reason ?? '');
  }
}

function choices(values: readonly (string | number | boolean)[]): string {
  const shown = values.slice(0, 6).join(' | ');
  return values.length > 6 ? `${shown} | … (${values.length})` : shown;
}

function span(
  low: number | bigint | string | undefined,
  high: number | bigint | string | undefined,
  unit = '',
): string {
  return low === undefined && high === undefined ? '' : joined(`${low ?? ''}..${high ?? ''}`, unit);
}

function joined(...words: readonly string[]): string {
  return words.filter((word) => word !== '').join(' ');
}

function shortened(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

/** What all documents together came to: fields by kind, what is left to JSON, what fell out, and the time it took. */
export function summaryOf(reports: readonly Report[]): string {
  const rows = reports.flatMap((report) => report.rows);
  const counts = new Map<string, number>();
  for (const { kind } of rows) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const byCount = [...counts].toSorted(([, a], [, b]) => b - a);
  const fallout = reports.reduce((sum, report) => sum + report.fallout.length, 0);
  const unreadable = reports.filter((report) => report.unreadable !== null).length;
  const took = reports.reduce((sum, report) => sum + report.took, 0);
  const slowest = Math.max(0, ...reports.map((report) => report.took));
  return [
    `${reports.length} documents, ${rows.length} properties`,
    ...byCount.map(
      ([kind, count]) =>
        `  ${kind.padEnd(8)} ${String(count).padStart(6)}  ${((100 * count) / rows.length).toFixed(2)} %`,
    ),
    `fell out: ${fallout}; without a form, written as JSON: ${unreadable}`,
    `time in the engine: ${took.toFixed(0)} ms, the slowest document ${slowest.toFixed(1)} ms`,
  ].join('\n');
}
