import { expect, test } from 'vitest';
import type { Realm } from '../../shared/ipc/profiles.ts';
import { tempHistory } from '../history/history.fixture.ts';
import { DraftService } from './draft-service.ts';

test('a draft is kept by model, survives a restart to the last digit, and is the same everywhere', async () => {
  const { history, dir } = await tempHistory();
  const drafts = new DraftService({ history, activeRealm: () => 'fal' });
  expect(await drafts.open('acme/bird', 'playground')).toBeNull();
  await drafts.save('acme/bird', { prompt: 'a', seed: 12345678901234567890n });
  await drafts.save('acme/other', { prompt: 'b' });
  await history.close();
  const { history: later } = await tempHistory(dir);
  const again = new DraftService({ history: later, activeRealm: () => 'demo' });
  expect(await again.open('acme/bird', 'playground')).toEqual({ prompt: 'a', seed: 12345678901234567890n });
});

test('the last model is the one opened last, by realm', async () => {
  const { history } = await tempHistory();
  let realm: Realm = 'fal';
  const drafts = new DraftService({ history, activeRealm: () => realm });
  expect(await drafts.last('playground')).toBeNull();
  await drafts.open('acme/bird', 'playground');
  await drafts.open('acme/other', 'playground');
  await drafts.save('acme/bird', { prompt: 'a' });
  // Only looked at.
  expect(await drafts.kept('acme/bird')).toEqual({ prompt: 'a' });
  realm = 'demo';
  expect(await drafts.last('playground')).toBeNull();
  await drafts.open('demo/hillside', 'playground');
  realm = 'fal';
  expect(await drafts.last('playground')).toBe('acme/other');
});

test('what is no draft any more is none', async () => {
  const { history } = await tempHistory();
  const drafts = new DraftService({ history, activeRealm: () => 'fal' });
  await history.keep('draft:acme/bird', ['a list'], 1);
  await history.keep('setting:model:fal', 5, 1);
  expect(await drafts.last('playground')).toBeNull();
  expect(await drafts.open('acme/bird', 'playground')).toBeNull();
});
