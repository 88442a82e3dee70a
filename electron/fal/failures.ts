import { appError, fieldErrorSchema } from '../../shared/fal/errors.ts';
import type { AppError, FieldError } from '../../shared/fal/errors.ts';
import { isJsonObject } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { isReplay } from './retry.ts';

/** What a failed answer says (fal-protocol §10.1). `body` is undefined where it was not JSON. */
export interface FailedAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: JsonValue | undefined;
}

const KEPT = 'Your request is kept as you wrote it.';

/** Turns any answer of fal's that is not a success into an error in fal's own words. */
export function failureOf(answer: FailedAnswer): AppError {
  const { status } = answer;
  const { text, fields, type } = detailOf(answer.body);
  const requestId = answer.headers.get('x-fal-request-id');
  const errorType = type ?? answer.headers.get('x-fal-error-type');
  const detail = text || (fields.length > 0 ? fields.map((field) => field.msg).join('\n') : `HTTP ${status}`);
  const rest = { detail, requestId, fields };

  if (isRedirect(status))
    return appError('network', 'Something in between answered in fal’s place', {
      detail: `HTTP ${status} to ${answer.headers.get('location')?.slice(0, 300) ?? 'nowhere'}`,
      hint: 'Nothing is lost. A network that wants a login does this: log in with a browser, then try again.',
    });
  if (status === 401)
    return appError('auth', 'fal did not accept the key', {
      ...rest,
      hint: `${KEPT} Check the key in Settings and run again.`,
    });
  if (status === 403)
    return appError('auth', 'This key may not do that', {
      ...rest,
      hint: `${KEPT} The account or the key lacks the permission.`,
    });
  if (status === 422)
    return appError('validation', 'The model refused the input', {
      ...rest,
      hint: `${KEPT} Change what is marked and run again.`,
    });
  // A 404 without words of fal's may be a hotel's login page: it must not end a run that goes on.
  if (status === 404 && answer.body !== undefined && typeof answer.body !== 'string')
    return appError('not_found', 'fal does not know this', {
      ...rest,
      hint: 'Check the model id; it may have been renamed or removed.',
    });
  if (status === 429)
    return appError('busy', 'Too many requests at once', {
      ...rest,
      hint: `${KEPT} Nothing was taken; run again in a moment.`,
    });
  if (status === 504 && answer.headers.has('x-fal-request-timeout-type'))
    return appError('timeout', 'No runner started within the time you set', {
      ...rest,
      hint: `${KEPT} Run again, or allow more time.`,
    });
  if (status === 499) return appError('cancelled', 'The request was cancelled', rest);
  if (fields.length > 0)
    return appError('model', 'The model failed', {
      ...rest,
      hint: `${KEPT} Run again, or change the input.`,
    });
  if (status === 503 && errorType === null)
    return appError('busy', 'fal is not taking requests just now', {
      ...rest,
      hint: `${KEPT} Run again in a moment.`,
    });
  return appError('request', 'fal could not finish the request', {
    ...rest,
    hint: `${KEPT} Run again; if it stays, try another model.`,
  });
}

/** fal's own hosts never do. */
export const isRedirect = (status: number): boolean => status >= 300 && status < 400;

/**
 * The failure of a call that passes the queue by. A 502, 503 or 504 that nobody at fal signed comes from in between, and
 * the call may well be running.
 */
export function failureOfCall(answer: FailedAnswer): AppError {
  const { status, headers, body } = answer;
  const signed = isReplay(headers) || headers.has('x-fal-request-timeout-type') || errorTypeOf(body) !== null;
  const between = status === 502 || status === 503 || status === 504 || isRedirect(status);
  if (signed || !between) return failureOf(answer);
  return {
    ...failureOf(answer),
    kind: 'unconfirmed',
    title: 'fal did not say what became of the call',
    hint: 'It may have run, and be billed. It was not sent again, so that nothing is paid twice.',
  };
}

/** A status of COMPLETED that carries an error (fal-protocol §4.2), where the result call told nothing better. */
export function failureOfStatus(error: string, errorType: string | null, requestId: string): AppError {
  return appError('request', 'The run ended with an error', {
    detail: errorType === null ? error : `${error} (${errorType})`,
    hint: `${KEPT} Run again, or change the input.`,
    requestId,
  });
}

/** The type that fal's own errors name in their body (fal-protocol §10.1); null where none is. */
export function errorTypeOf(body: JsonValue | undefined): string | null {
  const type = isJsonObject(body) ? body['error_type'] : undefined;
  return typeof type === 'string' ? type : null;
}

interface Detail {
  readonly text: string;
  readonly fields: FieldError[];
  readonly type: string | null;
}

function detailOf(body: JsonValue | undefined): Detail {
  if (typeof body === 'string') return { text: body, fields: [], type: null };
  if (!isJsonObject(body)) return { text: '', fields: [], type: null };
  const type = errorTypeOf(body);
  const { detail } = body;
  if (typeof detail === 'string') return { text: detail, fields: [], type };
  if (Array.isArray(detail)) {
    const fields = detail.flatMap((entry) => {
      const parsed = fieldErrorSchema.safeParse(entry);
      return parsed.success ? [parsed.data] : [];
    });
    return { text: '', fields, type: type ?? fields[0]?.type ?? null };
  }
  const message = body['message'] ?? body['error'] ?? body['status'];
  return { text: typeof message === 'string' ? message : '', fields: [], type };
}
