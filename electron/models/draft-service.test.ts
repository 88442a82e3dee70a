import { expect, test } from 'vitest';
import { tempHistory } from '../history/history.fixture.ts';
import { DraftService } from './draft-service.ts';

test('a draft is kept by model, survives a restart to the last digit, and is the same for all profiles', async () => {
  const { history, dir } = await tempHistory();
  const drafts = new DraftService({ history, activeProfile: () => 'fal' });
  expect(await drafts.open('acme/bird')).toBeNull();
  await drafts.save('acme/bird', { prompt: 'a', seed: 12345678901234567890n });
  await drafts.save('acme/other', { prompt: 'b' });
  await history.close();
  const { history: later } = await tempHistory(dir);
  const again = new DraftService({ history: later, activeProfile: () => 'demo' });
  expect(await again.open('acme/bird')).toEqual({ prompt: 'a', seed: 12345678901234567890n });
});

test('the last model is the one opened last, by profile', async () => {
  const { history } = await tempHistory();
  let profile = 'fal';
  const drafts = new DraftService({ history, activeProfile: () => profile });
  expect(await drafts.last()).toBeNull();
  await drafts.open('acme/bird');
  await drafts.open('acme/other');
  await drafts.save('acme/bird', {});
  profile = 'demo';
  expect(await drafts.last()).toBeNull();
  await drafts.open('demo/hillside');
  profile = 'fal';
  expect(await drafts.last()).toBe('acme/other');
});

test('what is no draft any more is none', async () => {
  const { history } = await tempHistory();
  const drafts = new DraftService({ history, activeProfile: () => 'fal' });
  await history.keep('draft:acme/bird', ['a list'], 1);
  await history.keep('setting:model:fal', 5, 1);
  expect(await drafts.last()).toBeNull();
  expect(await drafts.open('acme/bird')).toBeNull();
});
