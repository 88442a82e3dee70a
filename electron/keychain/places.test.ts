import { expect, it } from 'vitest';
import type { JsonValue } from '../../shared/json.ts';
import { placesIn } from './places.ts';

it('keeps where a key is, and takes anything else for not known', async () => {
  const kept = new Map<string, JsonValue>();
  const places = placesIn({
    keep: async (key, value) => void kept.set(key, value),
    kept: async (key) => (kept.has(key) ? { value: kept.get(key) ?? null, at: 0 } : null),
    forget: async (key) => void kept.delete(key),
  });
  expect(await places.get('a')).toBeNull();
  await places.set('a', 'keytar');
  expect(await places.get('a')).toBe('keytar');
  expect([...kept]).toEqual([['key-place:a', 'keytar']]);
  await places.set('a', null);
  expect(kept.size).toBe(0);
  kept.set('key-place:a', 'a place of a newer version');
  expect(await places.get('a')).toBeNull();
});
