import type { AppError } from '../../shared/fal/errors.ts';
import type { FromMain, LiveFrame, LiveState } from '../../shared/realtime/messages.ts';

/**
 * A message of a session's port; null for anything else. By hand and not by a schema: it runs for every frame, and
 * schemas stay out of the window's bundle.
 */
export function readMessage(data: unknown): FromMain | null {
  if (!isRecord(data)) return null;
  const { mark } = data;
  switch (data['kind']) {
    case 'frame':
      return readFrame(data);
    case 'state': {
      const state = readState(data['state']);
      return state && { kind: 'state', state };
    }
    case 'text': {
      const { text } = data;
      return typeof text === 'string' && isCount(mark) ? { kind: 'text', mark, text } : null;
    }
    case 'refused': {
      const { error } = data;
      return isError(error) && (mark === null || isCount(mark)) ? { kind: 'refused', mark, error } : null;
    }
    case 'counts': {
      const { sent, received, dropped } = data;
      return isCount(sent) && isCount(received) && isCount(dropped)
        ? { kind: 'counts', sent, received, dropped }
        : null;
    }
    default:
      return null;
  }
}

function readFrame(data: Readonly<Record<string, unknown>>): LiveFrame | null {
  const { frame, mark, bytes, contentType, roundTrip, serverSeconds } = data;
  return isCount(frame) &&
    isCount(mark) &&
    isBytes(bytes) &&
    typeof contentType === 'string' &&
    isTime(roundTrip) &&
    isTime(serverSeconds)
    ? { kind: 'frame', frame, mark, bytes, contentType, roundTrip, serverSeconds }
    : null;
}

function readState(data: unknown): LiveState | null {
  if (!isRecord(data)) return null;
  const { kind, error, retryAt } = data;
  switch (kind) {
    case 'idle':
    case 'connecting':
    case 'live':
      return { kind };
    case 'waiting':
      return isError(error) && typeof retryAt === 'number' ? { kind, error, retryAt } : null;
    case 'failed':
      return isError(error) ? { kind, error } : null;
    default:
      return null;
  }
}

function isError(data: unknown): data is AppError {
  return (
    isRecord(data) &&
    [data['kind'], data['title'], data['detail'], data['hint']].every((text) => typeof text === 'string') &&
    Array.isArray(data['fields'])
  );
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null;
}

const isCount = (data: unknown): data is number => typeof data === 'number' && data >= 0;
const isTime = (data: unknown): data is number | null => data === null || typeof data === 'number';

function isBytes(data: unknown): data is Uint8Array<ArrayBuffer> {
  return data instanceof Uint8Array && data.buffer instanceof ArrayBuffer;
}
