import { expect, test } from 'vitest';
import { ok } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { connectionTo, model, startFal, value } from '../fal/fal.fixture.ts';
import { stage } from '../runs/runs.fixture.ts';
import { SECRET, add, begin } from './profiles.fixture.ts';

const troubled = ({ state }: Run): boolean => 'trouble' in state && state.trouble?.kind === 'auth';

/** A run under way at `fault`, sent with a key of its own. */
async function underWay(fault: string) {
  const fal = await startFal({
    key: SECRET,
    faults: [fault],
    extraModels: [model('acme/bird', () => ({ ok: true }))],
  });
  const { service: profiles } = await begin({ localServer: fal.url });
  value(await add(profiles, 'work', SECRET));
  const on = await stage(fal.hosts, {
    activeProfile: () => profiles.active,
    connection: async (id) => {
      const connection = await profiles.connection(id);
      const { credentials } = connection.ok ? connection.value : { credentials: null };
      return credentials === null ? connection : ok(connectionTo(fal.hosts, { credentials }));
    },
  });
  const { id } = value(await on.service.start('acme/bird', {}));
  return { fal, profiles, on, id };
}

test.each([
  ['hold:queued', 'queued'],
  ['hold:running', 'running'],
])(
  'a run under way at %s whose key is removed says so and waits; with the key added again it ends',
  async (fault, kind) => {
    const { fal, profiles, on, id } = await underWay(fault);
    const { profileId, requestId } = await on.until(id, ({ state }) => state.kind === kind);
    value(await profiles.removeKey(profileId));
    // What is open stays open at fal; the next request is asked without the key.
    await on.service.recheck();
    const waiting = await on.until(id, troubled);
    expect(await on.history.run(id)).toMatchObject({ state: { kind, trouble: { kind: 'auth' } } });
    expect(waiting.requestId).toBe(requestId);
    expect(await on.service.start('acme/bird', {})).toMatchObject({ ok: false, error: { kind: 'auth' } });
    fal.setFaults([]);
    expect(on.service.live().map((run) => run.id)).toEqual([id]);
    value(await add(profiles, 'work', SECRET));
    await on.service.recheck();
    expect((await on.over(id)).state).toEqual({ kind: 'succeeded' });
    expect(on.notices).toEqual([]);
    expect(
      fal.requests().filter(({ method, path }) => method === 'POST' && path.startsWith('/queue/')),
    ).toHaveLength(1);
  },
);

test('a submit on its way when its key is removed is followed when the key is back', async () => {
  const { fal, profiles, on, id } = await underWay('hold:submit');
  await expect
    .poll(() => fal.requests().some(({ method, path }) => method === 'POST' && path.startsWith('/queue/')))
    .toBe(true);
  value(await profiles.removeKey(profiles.active));
  fal.setFaults([]);
  const { requestId } = await on.until(id, troubled);
  expect(requestId).not.toBeNull();
  value(await add(profiles, 'work', SECRET));
  await on.service.recheck();
  expect((await on.over(id)).state).toEqual({ kind: 'succeeded' });
});
