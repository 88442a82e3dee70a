import { expect, test } from 'vitest';
import { tempHistory } from '../history/history.fixture.ts';
import { AskedService } from './asked-service.ts';

const NOTHING = { method: null, options: {} };

test('each model’s own is kept, and gone once it is plain again', async () => {
  const { history } = await tempHistory();
  const service = new AskedService({ history });
  const asked = { method: 'direct', options: { timeout: 9, headers: { 'x-a': 'b' } } } as const;
  await service.save('acme/bird', asked);
  expect(await new AskedService({ history }).kept('acme/bird')).toEqual(asked);
  expect(await service.kept('acme/bee')).toEqual(NOTHING);
  await service.save('acme/bird', { method: null, options: {} });
  expect(await history.kept('asked:acme/bird')).toBeNull();
});

test('what cannot be read is not sent: a request without it is the safer one', async () => {
  const { history } = await tempHistory();
  await history.keep('asked:acme/bird', { method: 'pigeon', options: { timeout: -1 } }, 1);
  expect(await new AskedService({ history }).kept('acme/bird')).toEqual(NOTHING);
});
