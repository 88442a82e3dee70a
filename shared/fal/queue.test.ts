import { describe, expect, test } from 'vitest';
import { queueStatusSchema, submitAnswerSchema } from './queue.ts';

describe('the queue’s answers are read leniently (fal-protocol §4.2, §12.4)', () => {
  test.each([
    [
      { status: 'IN_QUEUE', queue_position: 3, response_url: 'x', new_field: 1 },
      { queue_position: 3, logs: [] },
    ],
    [{ status: 'IN_QUEUE' }, { logs: [] }],
    [{ status: 'IN_QUEUE', queue_position: 'third' }, { queue_position: null }],
    [{ status: 'IN_QUEUE', queue_position: 1.5 }, { queue_position: null }],
    [{ status: 'IN_PROGRESS', logs: null }, { logs: [] }],
    [{ status: 'IN_PROGRESS', logs: { note: 'an object' } }, { logs: [] }],
    [
      {
        status: 'IN_PROGRESS',
        logs: [{ message: 'a' }, { level: 'WARN' }, 'b', { message: 'c', level: 'ERROR', timestamp: 't' }],
      },
      {
        logs: [
          { message: 'a', level: 'INFO', timestamp: '' },
          { message: 'c', level: 'ERROR', timestamp: 't' },
        ],
      },
    ],
    [{ status: 'COMPLETED', metrics: { inference_time: null } }, { metrics: { inference_time: null } }],
    [
      { status: 'COMPLETED', metrics: 'none', error: { odd: 1 } },
      { metrics: null, error: null },
    ],
    [
      { status: 'COMPLETED', error: 'Crashed', error_type: 'x' },
      { error: 'Crashed', error_type: 'x' },
    ],
  ])('%j', (answer, expected) => {
    expect(queueStatusSchema.parse(answer)).toMatchObject(expected);
  });

  test.each([[{ status: 'FAILED' }], [{}], [null], ['COMPLETED'], [{ status: 'NOT_FOUND' }]])(
    '%j is none',
    (answer) => {
      expect(queueStatusSchema.safeParse(answer).success).toBe(false);
    },
  );

  test('a submit needs its id and nothing else', () => {
    expect(submitAnswerSchema.parse({ request_id: 'r', queue_position: {} })).toEqual({
      request_id: 'r',
      queue_position: null,
    });
    for (const answer of [{ request_id: '' }, { request_id: 5 }, { queue_position: 1 }])
      expect(submitAnswerSchema.safeParse(answer).success).toBe(false);
  });
});
