import { describe, expect, test } from 'vitest';
import type { TestFal } from '../../test/local-fal/index.ts';
import { startFal, value } from '../fal/fal.fixture.ts';
import { liveModel } from '../local-fal/realtime/testing.ts';
import { OTHER, SECRET, add, begin } from '../profiles/profiles.fixture.ts';
import { ENDPOINT, PAINT, liveStage, painter } from './live.fixture.ts';
import type { LiveStage, Page } from './live.fixture.ts';

describe('the end of a session', () => {
  /** A session with a named key, wired as in the app: whatever happens to keys, the session is asked whether its own is there. */
  async function withKey() {
    const account = { key: SECRET };
    let stage: LiveStage | undefined;
    const fal = await startFal({ key: () => account.key, extraModels: [liveModel(ENDPOINT, PAINT)] });
    const { service: profiles } = await begin({
      localServer: fal.url,
      changed: () => stage?.service.recheckKey(),
    });
    const { active: profileId } = value(await add(profiles, 'work', SECRET));
    stage = await liveStage(fal, {
      activeProfile: () => profiles.active,
      connection: (id) => profiles.connection(id),
    });
    const { page, service } = stage;
    value(await service.open({ profileId, endpointId: ENDPOINT, maxBuffering: null }));
    page.input(1, { n: 1 });
    await page.until(() => page.frames.length === 1);
    return { account, fal, profiles, profileId, page };
  }
  const lastState = (page: Page) => page.said.findLast((message) => message.kind === 'state');
  const closed = async (fal: TestFal, count: number): Promise<void> => {
    while (fal.live().sessions.filter((one) => one.closed !== null).length < count)
      await new Promise((resolve) => setImmediate(resolve));
  };

  test('a key that is removed ends the session at once, in words', async () => {
    const { fal, profiles, profileId, page } = await withKey();
    profiles.tell();
    value(await profiles.renameKey(profileId, 'home'));
    expect(page.states.at(-1)).toBe('live');
    value(await profiles.removeKey(profileId));
    await page.until(() => page.states.at(-1) === 'failed');
    expect(lastState(page)).toMatchObject({ state: { error: { kind: 'auth' } } });
    await closed(fal, 1);
    page.input(2, { n: 2 });
    page.post({ kind: 'retry' });
    await page.until(() => page.states.filter((state) => state === 'failed').length === 2);
    expect(fal.live().sessions).toHaveLength(1);
  });

  test('a key that is replaced ends it too: another try goes on with the new one', async () => {
    const { account, fal, profiles, profileId, page } = await withKey();
    const tokens = fal.live().tokens.length;
    account.key = OTHER;
    value(await add(profiles, '', OTHER, profileId));
    await page.until(() => page.states.at(-1) === 'failed');
    expect(lastState(page)).toMatchObject({
      state: { error: { kind: 'auth', title: expect.stringContaining('replaced') } },
    });
    await closed(fal, 1);
    page.input(2, { n: 2 });
    page.post({ kind: 'retry' });
    await page.until(() => page.frames.length === 2);
    expect(fal.live().sessions).toHaveLength(2);
    expect(fal.live().tokens.length).toBeGreaterThan(tokens);
    profiles.tell();
    page.input(3, { n: 3 });
    await page.until(() => page.frames.length === 3);
    expect(page.states.filter((state) => state === 'failed')).toHaveLength(1);
  });

  test('a page that goes away takes its session with it; another session closes the one before', async () => {
    const fal = await painter();
    const { page, open } = await liveStage(fal);
    await open(ENDPOINT);
    page.input(1, { n: 1 });
    await page.until(() => page.frames.length === 1);
    const closed = (): number => fal.live().sessions.filter((one) => one.closed?.code === 1000).length;
    await open(ENDPOINT);
    while (closed() < 1) await new Promise((resolve) => setImmediate(resolve));
    page.input(1, { n: 1 });
    await page.until(() => page.frames.length === 2);
    page.leave();
    while (closed() < 2) await new Promise((resolve) => setImmediate(resolve));
    expect(fal.live().sessions).toHaveLength(2);
  });

  test('what no window of ours would say is passed over', async () => {
    const { page, open } = await liveStage(await painter());
    await open(ENDPOINT);
    for (const odd of [
      null,
      7,
      'x',
      { kind: 'input' },
      { kind: 'input', mark: -1, input: {} },
      { kind: 'open' },
    ])
      page.postRaw(odd);
    page.input(5, { n: 5 });
    page.input(3, { n: 3 });
    await page.until(() => page.frames.length === 1);
    expect(page.frames[0]?.mark).toBe(5);
  });
});
