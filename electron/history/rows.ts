import type { SQLOutputValue } from 'node:sqlite';
import { parseJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { runSchema } from '../../shared/runs/run.ts';
import type { Run } from '../../shared/runs/run.ts';

export type Row = Record<string, SQLOutputValue>;

/** What is on disk is parsed like anything from outside: another program may have written it. */
export function readRun(row: Row): Run {
  return runSchema.parse({
    id: row['id'],
    endpointId: row['endpoint_id'],
    profileId: row['profile_id'],
    requestId: row['request_id'],
    origin: row['origin'],
    method: row['method'],
    options: jsonOf(row, 'options'),
    batch: jsonOf(row, 'batch'),
    input: jsonOf(row, 'input'),
    output: jsonOf(row, 'output'),
    media: jsonOf(row, 'media'),
    times: jsonOf(row, 'times'),
    money: jsonOf(row, 'money'),
    state: jsonOf(row, 'state'),
  });
}

/** Null for a row that only a newer version can read, or that is spoilt. */
export function tryRun(row: Row): Run | null {
  try {
    return readRun(row);
  } catch {
    return null;
  }
}

export function jsonOf(row: Row, column: string): JsonValue {
  const parsed = parseJson(textOf(row, column));
  if (!parsed.ok) throw new Error(`Column ${column} holds no JSON: ${parsed.message}`);
  return parsed.value;
}

export function textOf(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== 'string') throw new Error(`Column ${column} holds no text.`);
  return value;
}

export function numberOf(row: Row | undefined, column: string): number {
  const value = row?.[column];
  if (typeof value !== 'number') throw new Error(`Column ${column} holds no number.`);
  return value;
}
