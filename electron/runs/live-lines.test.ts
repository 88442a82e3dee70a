import { expect, test } from 'vitest';
import { model, startFal, value } from '../fal/fal.fixture.ts';
import { stage } from './runs.fixture.ts';

test('a fault of the program ends the run, which says so, and its request can be attached to', async () => {
  const fal = await startFal({
    extraModels: [model('acme/bird', () => ({ image: { url: 'https://acme.test/a.png' } }))],
  });
  const net = { broken: true };
  const on = await stage(fal.hosts, {
    media: {
      fetch: () => {
        if (net.broken) throw new RangeError('Maximum call stack size exceeded');
        return Promise.resolve({
          ok: true,
          value: { sha256: 'a'.repeat(64), bytes: 1, contentType: 'image/png' },
        });
      },
    },
  });
  const { id } = value(await on.service.start('acme/bird', {}));
  const run = await on.over(id);
  expect(run).toMatchObject({
    state: {
      kind: 'failed',
      error: { kind: 'internal', detail: 'Maximum call stack size exceeded', requestId: run.requestId },
    },
    times: { ended: expect.any(Number) },
  });
  expect(await on.history.run(id)).toEqual(run);
  expect(on.service.live()).toEqual([]);
  net.broken = false;
  const again = value(await on.service.attach('acme/bird', run.requestId ?? ''));
  expect((await on.over(again.id)).state).toEqual({ kind: 'succeeded' });
});
