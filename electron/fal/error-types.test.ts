import { describe, expect, test } from 'vitest';
import { connectionTo, idOf, json, never, serve } from './fal.fixture.ts';
import { submit } from './queue.ts';
import { run } from './run.ts';

const BIRD = idOf('acme/bird');

/** fal-protocol §10.2: what a model says went wrong, by type and code. All reach the person with their place. */
const MODEL_TYPES: readonly (readonly [type: string, code: number])[] = [
  ['internal_server_error', 500],
  ['generation_timeout', 504],
  ['downstream_service_error', 400],
  ['downstream_service_unavailable', 500],
  ...[
    'content_policy_violation',
    'no_media_generated',
    'image_too_small',
    'image_too_large',
    'image_load_error',
    'file_download_error',
    'face_detection_error',
    'feature_not_supported',
    'file_too_large',
    'greater_than',
    'greater_than_equal',
    'less_than',
    'less_than_equal',
    'multiple_of',
    'sequence_too_short',
    'sequence_too_long',
    'one_of',
    'invalid_archive',
    'archive_file_count_below_minimum',
    'archive_file_count_exceeds_maximum',
    'audio_duration_too_long',
    'audio_duration_too_short',
    'video_duration_too_long',
    'video_duration_too_short',
    'unsupported_audio_format',
    'unsupported_image_format',
    'unsupported_video_format',
    'missing',
    'value_error',
  ].map((type) => [type, 422] as const),
];

describe('the types of a model’s errors (fal-protocol §10.2)', () => {
  test.each(MODEL_TYPES)('%s with a %i', async (type, code) => {
    const field = { loc: ['body', 'images', 0], msg: 'As it is', type };
    const server = await serve((response) =>
      json(
        response,
        code,
        { detail: [{ ...field, ctx: { gt: 1 }, url: 'x' }] },
        { 'x-fal-request-id': 'r-1' },
      ),
    );
    expect(await run(connectionTo(server.hosts), BIRD, {}, {}, never())).toMatchObject({
      error: { kind: code === 422 ? 'validation' : 'model', fields: [field], requestId: 'r-1' },
    });
    // What a model found wrong, or failed at, is never asked of it again by itself.
    expect(server.seen).toHaveLength(1);
  });
});

describe('the types of a request’s errors (fal-protocol §10.3)', () => {
  /** The requests that a direct call makes, and a submit: only where nobody at fal had it, more than one. */
  test.each<[type: string, code: number, kind: string, run: number, submit: number]>([
    ['request_timeout', 504, 'request', 1, 1],
    ['startup_timeout', 504, 'request', 1, 1],
    ['runner_scheduling_failure', 503, 'request', 4, 4],
    ['runner_connection_timeout', 503, 'request', 4, 4],
    ['runner_connection_refused', 503, 'request', 4, 4],
    ['runner_disconnected', 503, 'request', 1, 4],
    ['runner_connection_error', 503, 'request', 1, 4],
    ['runner_incomplete_response', 502, 'request', 1, 1],
    ['runner_server_error', 500, 'request', 1, 1],
    ['internal_error', 500, 'request', 1, 1],
    ['client_disconnected', 499, 'cancelled', 1, 1],
    ['client_cancelled', 499, 'cancelled', 1, 1],
    ['bad_request', 400, 'request', 1, 1],
    ['concurrent_requests_limit', 429, 'busy', 4, 4],
  ])('%s with a %i', async (type, code, kind, runs, submits) => {
    const server = await serve((response) =>
      json(response, code, { detail: 'In words', error_type: type }, { 'x-fal-error-type': type }),
    );
    const connection = connectionTo(server.hosts);
    expect(await run(connection, BIRD, {}, {}, never())).toMatchObject({
      error: { kind, detail: 'In words' },
    });
    expect(server.seen).toHaveLength(runs);
    expect((await submit(connection, BIRD, {}, never())).ok).toBe(false);
    expect(server.seen).toHaveLength(runs + submits);
  });
});

test('any 2xx is a submit that was taken', async () => {
  const server = await serve((response) => json(response, 201, { request_id: 'r-1' }));
  expect(await submit(connectionTo(server.hosts), BIRD, {}, never())).toMatchObject({
    ok: true,
    value: { requestId: 'r-1' },
  });
});
