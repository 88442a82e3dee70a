import { createHash } from 'node:crypto';
import { isWireObject } from '../../electron/fal/realtime/codec.ts';
import type { WireValue } from '../../electron/fal/realtime/codec.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { QueueStatus } from '../../shared/fal/queue.ts';
import { stringifyJson } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { assertNever } from '../../shared/result.ts';

/** Where the lines of a command go; a line is one JSON value. */
export interface Output {
  readonly data: (data: WireValue) => void;
  /** The state of a request, and the log lines that came with it. */
  readonly status: (requestId: string, status: QueueStatus) => void;
  /** How much of a file is on its way, in bytes. */
  readonly sent: (sent: number, total: number) => void;
  /** The last line of a command that went well. */
  readonly result: (requestId: string | null, data: WireValue) => void;
}

/** What a command came to; null is a good end. */
export type Ending = AppError | null;

export function outputTo(write: (line: string) => void): Output {
  const line = (value: JsonValue): void => write(`${stringifyJson(value)}\n`);
  return {
    data: (data) => line({ type: 'data', data: readable(data) }),
    status: (requestId, status) => {
      line({ type: 'status', requestId, ...statusOf(status) });
      for (const log of status.logs) line({ type: 'log', requestId, ...log });
    },
    sent: (sent, total) => line({ type: 'status', requestId: null, status: 'UPLOADING', sent, total }),
    result: (requestId, data) => line({ type: 'result', requestId, data: readable(data) }),
  };
}

export const errorLine = (error: AppError): string =>
  `${stringifyJson({ type: 'error', error: { ...error } })}\n`;

/** Bytes cannot be told in JSON: their number and their hash can, so that they can be compared. */
export function readable(value: WireValue): JsonValue {
  if (value instanceof Uint8Array)
    return { $bytes: value.byteLength, sha256: createHash('sha256').update(value).digest('hex') };
  if (isWireObject(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, readable(item)]));
  return isList(value) ? value.map(readable) : value;
}

/** `Array.isArray` alone forgets that the list cannot be changed. */
const isList = (value: WireValue): value is readonly WireValue[] => Array.isArray(value);

/** A state in fal's own words (fal-protocol §4.2), without its log lines. */
export function statusOf(status: QueueStatus): JsonObject {
  switch (status.status) {
    case 'IN_QUEUE':
      return { status: status.status, queue_position: status.queue_position ?? null };
    case 'IN_PROGRESS':
      return { status: status.status };
    case 'COMPLETED':
      return {
        status: status.status,
        metrics: { inference_time: status.metrics?.inference_time ?? null },
        ...(status.error == null ? {} : { error: status.error, error_type: status.error_type ?? null }),
      };
    default:
      return assertNever(status);
  }
}
