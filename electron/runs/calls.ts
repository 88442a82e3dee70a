import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import type { JsonValue } from '../../shared/json.ts';
import { assertNever, fail, ok } from '../../shared/result.ts';
import { failureIn, gather, NOTHING_GATHERED } from '../../shared/runs/gather.ts';
import { run as callModel } from '../fal/run.ts';
import { stream } from '../fal/stream.ts';
import type { Call } from './call-line.ts';

/** One call that is answered when the model is done (fal-protocol §3). Nothing tells when it begins. */
export const direct: Call = async ({ connection, endpoint, body, run, signal, taken, head }) => {
  let type: string | null = null;
  const [answer] = await Promise.all([
    callModel(connection, endpoint, body, run.options, signal, (headers) => {
      type = headers.get('content-type');
      head(headers);
    }),
    taken(null),
  ]);
  if (!answer.ok) return answer;
  const { data } = answer.value;
  return ok(data instanceof Uint8Array ? fileOf([data], type) : data);
};

/** One call that is answered bit by bit (fal-protocol §6). */
export const streamed: Call = async ({ connection, endpoint, body, run, signal, taken, partial, head }) => {
  let gathered = NOTHING_GATHERED;
  /** The model's words for what went wrong: what came before them stays. */
  let failure: string | null = null;
  const bytes: Uint8Array[] = [];
  let length = 0;
  let type: string | null = null;
  const heard = (headers: Headers): void => {
    type = headers.get('content-type');
    head(headers);
  };
  for await (const event of stream(connection, endpoint, body, run.options, signal, heard)) {
    switch (event.kind) {
      case 'opened':
        await taken(event.requestId);
        break;
      case 'event':
        if (event.data instanceof Uint8Array) {
          length += event.data.byteLength;
          if (length > MOST_BYTES) return fail(tooLong(event.data.byteLength));
          bytes.push(event.data);
        } else {
          const words = failureIn(event.data);
          const next = words === null ? gather(gathered, event.data) : gathered;
          failure = words ?? (next === gathered ? failure : null);
          if (next !== gathered) partial(next.output);
          gathered = next;
        }
        break;
      case 'ended':
        if (failure !== null) return fail(modelFailed(failure, event.requestId));
        return ok(length > 0 ? fileOf(bytes, type) : gathered.output);
      case 'failed':
        if (length > 0) partial(fileOf(bytes, type));
        return fail(event.error);
      default:
        assertNever(event);
    }
  }
  return fail(appError('internal', 'The stream ended without a word'));
};

/** The head of a stream's answer is sent before the model can fail, so what went wrong comes as an event. */
const modelFailed = (words: string, requestId: string | null): AppError =>
  appError('model', 'The model failed', {
    detail: words,
    hint: 'Your request is kept as you wrote it, with what had come. Run again, or change the input.',
    requestId,
  });

/** As for an answer that is JSON. */
const MOST_BYTES = 256 * 2 ** 20;

const tooLong = (length: number): AppError =>
  appError('protocol', 'What the model sent is too large', {
    detail: `${length} bytes and more.`,
    hint: 'The call may be billed; it is not sent again by itself.',
  });

/** An answer that is a file and no JSON, in the form in which models name files. */
function fileOf(bytes: readonly Uint8Array[], type: string | null): JsonValue {
  const contentType = type?.split(';', 1)[0]?.trim() || 'application/octet-stream';
  const url = `data:${contentType};base64,${Buffer.concat(bytes).toString('base64')}`;
  return { file: { url, content_type: contentType } };
}
