import { describe, expect, test } from 'vitest';
import type { JsonValue } from '../../shared/json.ts';
import { failureOf, failureOfStatus } from './failures.ts';

const TYPED = { 'x-fal-error-type': 'runner_disconnected' };
const USER_LIMIT = { 'x-fal-request-timeout-type': 'user' };
const field = { loc: ['body', 'image', 0, 'url'], msg: 'Could not load', type: 'image_load_error' };

/** fal-protocol §10.1 to §10.3. */
const families: readonly [string, number, Record<string, string>, JsonValue | undefined, string, string][] = [
  ['a wrong key', 401, {}, { detail: 'Invalid key' }, 'auth', 'Invalid key'],
  ['a locked account', 403, {}, { detail: 'User is locked' }, 'auth', 'User is locked'],
  ['an unknown model', 404, {}, { detail: 'Application not found' }, 'not_found', 'Application not found'],
  ['a page in place of fal', 404, {}, undefined, 'request', 'HTTP 404'],
  ['a queue word', 404, {}, { status: 'NOT_FOUND' }, 'not_found', 'NOT_FOUND'],
  ['422 with a list', 422, {}, { detail: [field] }, 'validation', 'Could not load'],
  ['422 with a text', 422, {}, { detail: 'Nope' }, 'validation', 'Nope'],
  ['too many at once', 429, {}, { detail: 'Slow down' }, 'busy', 'Slow down'],
  ['a cancel that was honoured', 499, {}, { detail: 'Stopped' }, 'cancelled', 'Stopped'],
  ['503 of a gateway', 503, {}, undefined, 'busy', 'HTTP 503'],
  ['503 with a type in the header', 503, TYPED, { detail: 'Runner left' }, 'request', 'Runner left'],
  [
    '503 with a type in the body',
    503,
    {},
    { detail: 'x', error_type: 'runner_disconnected' },
    'request',
    'x',
  ],
  ['504 of the person’s limit', 504, USER_LIMIT, { detail: 'Not started' }, 'timeout', 'Not started'],
  ['504 of fal’s own', 504, {}, { detail: 'Slow', error_type: 'request_timeout' }, 'request', 'Slow'],
  ['a model that failed in its list', 500, {}, { detail: [field] }, 'model', 'Could not load'],
  ['an app’s own words', 500, {}, { message: 'Boom' }, 'request', 'Boom'],
  [
    'a login on the way',
    302,
    { location: 'https://wifi.example' },
    undefined,
    'network',
    'HTTP 302 to https://wifi.example',
  ],
  ['plain text', 500, {}, 'Internal Server Error', 'request', 'Internal Server Error'],
  ['a list, which says nothing', 500, {}, ['what'], 'request', 'HTTP 500'],
];

describe('every family of failure in the server’s own words', () => {
  test.each(families)('%s', (_name, status, headers, body, kind, detail) => {
    const failure = failureOf({ status, headers: new Headers(headers), body });
    expect(failure).toMatchObject({ kind, detail, requestId: null });
    expect(failure.title).toMatch(/[^.]$/);
  });

  test('fields come through, unreadable ones are left out, several messages are all told', () => {
    const second = { loc: ['body', 'seed'], msg: 'Too large', type: 'less_than', ctx: { lt: 5 }, input: 9 };
    const body = { detail: [field, 'odd', second] };
    expect(failureOf({ status: 422, headers: new Headers(), body })).toMatchObject({
      fields: [field, { loc: ['body', 'seed'], msg: 'Too large', type: 'less_than' }],
      detail: 'Could not load\nToo large',
    });
  });

  test('the request id is taken from the header', () => {
    const headers = new Headers({ 'x-fal-request-id': 'r-1' });
    expect(failureOf({ status: 500, headers, body: undefined }).requestId).toBe('r-1');
  });

  test('a COMPLETED with an error names its type', () => {
    expect(failureOfStatus('Crashed', 'runner_server_error', 'r-1')).toMatchObject({
      kind: 'request',
      detail: 'Crashed (runner_server_error)',
      requestId: 'r-1',
    });
    expect(failureOfStatus('Crashed', null, 'r-1').detail).toBe('Crashed');
  });
});
