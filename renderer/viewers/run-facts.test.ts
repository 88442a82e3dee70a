import { expect, it } from 'vitest';
import { callOf } from './run-call.ts';
import { spansOf } from './spans.ts';

const times = {
  created: 1000,
  submitted: 1010,
  queued: 1100,
  started: 1600,
  ended: 3700,
  inferenceSeconds: 2,
};
const lengths = (...[of, now]: Parameters<typeof spansOf>): unknown =>
  spansOf(of, now).map(({ name, length }) => [name, length]);

it('the parts of a run’s time are in order and make the whole', () => {
  expect(lengths(times, 0)).toEqual([
    ['Sending', 100],
    ['In queue', 500],
    ['Inference, as fal tells it', 2000],
    ['Starting and copying', 100],
  ]);
  expect(lengths({ ...times, inferenceSeconds: 9 }, 0)).toContainEqual(['Inference, as fal tells it', 2100]);
  expect(lengths({ ...times, inferenceSeconds: null }, 0)).toContainEqual(['Running and copying', 2100]);
});

it('of a run under way the time is as far as it is', () => {
  const under = { ...times, ended: null, inferenceSeconds: null };
  expect(lengths({ ...under, started: null, queued: null }, 1500)).toEqual([['Sending', 500]]);
  expect(lengths({ ...under, started: null }, 1500)).toEqual([
    ['Sending', 100],
    ['In queue', 400],
  ]);
  // A direct call stands in no queue.
  expect(lengths({ ...under, queued: null }, 2000)).toEqual([
    ['Sending', 600],
    ['Running and copying', 400],
  ]);
});

it('a call says where it went and with what', () => {
  const at = (method: 'queue' | 'direct' | 'stream', options = {}, endpointId = 'acme/bird') => {
    const { host, path } = callOf({ endpointId, method, options });
    return host + path;
  };
  expect(at('queue')).toBe('queue.fal.run/acme/bird');
  expect(at('direct', { path: '/sing' })).toBe('fal.run/acme/bird/sing');
  expect(at('stream')).toBe('fal.run/acme/bird/stream');
  expect(at('stream', {}, 'acme/chat/stream')).toBe('fal.run/acme/chat/stream');
  expect(at('queue', { webhookUrl: 'https://a.example/b?c', maxQueueLength: 3 })).toBe(
    'queue.fal.run/acme/bird?fal_webhook=https%3A%2F%2Fa.example%2Fb%3Fc&fal_max_queue_length=3',
  );
  const options = { priority: 'low', headers: { 'X-Own': 'a', Authorization: 'Key b' } } as const;
  expect(callOf({ endpointId: 'acme/bird', method: 'queue', options }).headers).toEqual([
    ['x-own', 'a'],
    ['x-fal-queue-priority', 'low'],
  ]);
});
