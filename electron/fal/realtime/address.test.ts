import { expect, test } from 'vitest';
import { idOf, value } from '../fal.fixture.ts';
import { realtimeAddress } from './address.ts';

test.each([
  ['acme/bird', undefined, 'wss://fal.run/acme/bird/realtime'],
  ['acme/bird/turbo', undefined, 'wss://fal.run/acme/bird/turbo/realtime'],
  ['acme/bird/realtime', undefined, 'wss://fal.run/acme/bird/realtime'],
  ['workflows/mia/poster', undefined, 'wss://fal.run/workflows/mia/poster/realtime'],
  ['acme/bird', 'live', 'wss://fal.run/acme/bird/live'],
  ['acme/bird', '/live', 'wss://fal.run/acme/bird/live'],
])('%s with path %s is at %s (fal-protocol §2.3, §7.2)', (id, path, address) => {
  expect(value(realtimeAddress('wss://fal.run', idOf(id), { path }))).toBe(address);
});

test('max_buffering goes into the query', () => {
  expect(value(realtimeAddress('wss://fal.run', idOf('a/b'), { maxBuffering: 60 }))).toBe(
    'wss://fal.run/a/b/realtime?max_buffering=60',
  );
});
