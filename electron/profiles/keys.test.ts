import { describe, expect, test } from 'vitest';
import { deadAddress, json, serve, startFal, value } from '../fal/fal.fixture.ts';
import { tempHistory } from '../history/history.fixture.ts';
import { OTHER, SECRET, add, begin, keyOf, keyring, kinds, named } from './profiles.fixture.ts';

describe('adding a key', () => {
  test('shows it to fal, keeps it in the keyring, and makes it the active one', async () => {
    const fal = await startFal({ key: SECRET });
    const { service, ring, told, history } = await begin({ localServer: fal.url });
    const added = value(await add(service, 'work', `  ${SECRET}\n`));
    expect(added).toMatchObject({ tested: 'accepted', keychain: { backend: 'keytar' } });
    expect(added.profiles[0]).toMatchObject({ kind: 'key', name: 'work', state: { kind: 'ready' } });
    expect(added.active).toBe(added.profiles[0]?.id);
    expect(kinds(service)).toEqual(['key', 'demo']);
    expect([...(ring?.secrets.values() ?? [])]).toEqual([SECRET]);
    expect(told.at(-1)?.active).toBe(added.active);
    expect(await keyOf(service, added.active)).toBe(SECRET);
    // One read that costs nothing.
    expect(fal.requests().filter((request) => request.path !== '/')).toMatchObject([
      { method: 'GET', path: '/api/v1/models/pricing', authorized: true, status: 200 },
    ]);
    expect(JSON.stringify(await history.kept('setting:keys'))).toContain('work');
  });

  test('refused by fal: in fal’s words, and nothing is stored', async () => {
    const fal = await startFal({ key: SECRET });
    const { service, ring, told, history } = await begin({ localServer: fal.url });
    expect(await add(service, 'work', OTHER)).toMatchObject({
      ok: false,
      error: {
        kind: 'auth',
        detail: expect.stringContaining('no key with this id'),
        hint: expect.stringMatching(/Nothing was stored/),
      },
    });
    expect(named(service)).toEqual([]);
    expect(ring?.secrets.size).toBe(0);
    expect(await history.kept('setting:keys')).toBeNull();
    expect(told).toEqual([]);
  });

  test.each([
    [403, { detail: 'no' }, 'refused'],
    [404, {}, 'accepted'],
    [429, {}, 'accepted'],
    [502, 'gateway', 'untested'],
  ])('an answer of %i is %s', async (status, body, expected) => {
    const server = await serve((response, { url }) =>
      url === '/' ? json(response, 200, server.hosts) : json(response, status, body),
    );
    const { service } = await begin({ localServer: server.url });
    const added = await add(service, '', SECRET);
    expect(added.ok ? added.value.tested : 'refused').toBe(expected);
  });

  test('with nobody there it is stored untested, and tested when it is taken up again', async () => {
    const fal = await startFal({ key: SECRET });
    const { history } = await tempHistory();
    const ring = keyring();
    const away = await begin({ history, ring, localServer: await deadAddress() });
    expect(value(await add(away.service, '', SECRET)).tested).toBe('untested');
    expect(named(away.service)).toMatchObject([{ name: 'fal', tested: false }]);
    const back = await begin({ history, ring, localServer: fal.url });
    await expect.poll(() => named(back.service)).toMatchObject([{ name: 'fal', tested: true }]);
  });

  test('of a wrong shape is refused before anybody is asked', async () => {
    const fal = await startFal();
    const { service, ring } = await begin({ localServer: fal.url });
    for (const secret of ['two words', 'a\nb', 'ü', '  '])
      expect(await add(service, 'work', secret)).toMatchObject({ ok: false, error: { kind: 'input' } });
    expect(fal.requests()).toEqual([]);
    expect(ring?.secrets.size).toBe(0);
  });

  test('a taken name gets a number, none is “fal”, and one that is too long is refused', async () => {
    const { service } = await begin();
    for (const name of ['', 'fal', 'Demo', 'environment', ' FAL '])
      expect((await add(service, name, SECRET)).ok).toBe(true);
    expect(named(service).map(({ name }) => name)).toEqual([
      'fal',
      'fal 2',
      'Demo 2',
      'environment 2',
      'FAL 3',
    ]);
    expect(await add(service, 'x'.repeat(41), SECRET)).toMatchObject({ ok: false });
    expect(named(service)).toHaveLength(5);
  });

  test('is in no list, event, error, nor in the database', async () => {
    const { history, dir } = await tempHistory();
    const { service, told } = await begin({ history, environment: { FAL_KEY: 'env:key' } });
    const said = [
      await add(service, 'a', SECRET),
      await add(service, 'b', `${SECRET} ${SECRET}`),
      await add(service, 'c', SECRET, 'key:nobody'),
      service.list(),
      service,
      told,
      await history.kept('setting:keys'),
    ];
    const text = JSON.stringify(said);
    for (const secret of [SECRET, 'secret-5678', 'env:key']) expect(text).not.toContain(secret);
    await history.close();
    const { history: later } = await tempHistory(dir);
    expect(JSON.stringify(await later.kept('setting:keys'))).not.toContain('secret');
  });
});

describe('a key that is there', () => {
  test('is renamed, replaced under its name, and reaches connections that exist', async () => {
    const { service, ring } = await begin();
    const { active: id } = value(await add(service, 'work', SECRET));
    const connection = value(await service.connection(id));
    await service.use('demo');
    expect(await service.renameKey(id, ' home ')).toMatchObject({ ok: true });
    expect(await service.renameKey(id, '')).toMatchObject({ ok: false, error: { kind: 'input' } });
    const replaced = value(await add(service, '', OTHER, id));
    expect(named(service)).toMatchObject([{ id, name: 'home' }]);
    expect(replaced.active).toBe('demo');
    expect(connection.credentials()).toBe(OTHER);
    expect([...(ring?.secrets.values() ?? [])]).toEqual([OTHER]);
  });

  test('removed leaves keyring, list and every connection that has it; added again it reaches them anew', async () => {
    const { service, ring } = await begin();
    const { active: id } = value(await add(service, 'work', SECRET));
    const underWay = value(await service.connection(id));
    expect(value(await service.removeKey(id))).toMatchObject({ active: 'fal' });
    expect(kinds(service)).toEqual(['keyless', 'demo']);
    expect(ring?.secrets.size).toBe(0);
    expect(underWay.credentials()).toBeNull();
    expect(await service.connection(id)).toMatchObject({
      ok: false,
      error: { title: 'The key of this run was removed', hint: expect.stringContaining('work') },
    });
    expect(await service.removeKey(id)).toMatchObject({ ok: false });
    expect(await service.use(id)).toMatchObject({ ok: false });
    // Added again under its name it is the same key, and its runs are found.
    expect(value(await add(service, 'Work', OTHER)).active).toBe(id);
    expect(await keyOf(service, id)).toBe(OTHER);
    expect(underWay.credentials()).toBe(OTHER);
  });

  test('that is gone from the keyring while the list could not be written asks to be entered again', async () => {
    const { history } = await tempHistory();
    let full = false;
    const { service, told } = await begin({
      history: {
        ...history,
        keep: (key, ...rest) =>
          full && key === 'setting:keys'
            ? Promise.reject(new Error('disk full'))
            : history.keep(key, ...rest),
      },
    });
    const { active: id } = value(await add(service, 'work', SECRET));
    const underWay = value(await service.connection(id));
    full = true;
    expect(await service.removeKey(id)).toMatchObject({ ok: false, error: { kind: 'storage' } });
    expect(told.at(-1)?.profiles[0]).toMatchObject({ id, state: { kind: 'missing' } });
    expect(underWay.credentials()).toBeNull();
  });

  test('stays where it is when the keyring refuses to let go of it', async () => {
    const ring = keyring();
    const { service } = await begin({ ring });
    const { active: id } = value(await add(service, 'work', SECRET));
    const underWay = value(await service.connection(id));
    ring.lock();
    expect(await service.removeKey(id)).toMatchObject({ ok: false, error: { kind: 'storage' } });
    expect(named(service)).toHaveLength(1);
    expect(underWay.credentials()).toBe(SECRET);
    expect(await keyOf(service, id)).toBe(SECRET);
  });
});

describe('at the next start', () => {
  test('a key is read once, and is the active one still', async () => {
    const { history } = await tempHistory();
    const ring = keyring();
    const first = await begin({ history, ring });
    const { active: id } = value(await add(first.service, 'work', SECRET));
    const second = await begin({ history, ring });
    expect(second.service.active).toBe(id);
    for (const _ of [1, 2, 3]) expect(await keyOf(second.service, id)).toBe(SECRET);
    expect(ring.asked()).toBe(1);
    expect(named(second.service)).toMatchObject([{ name: 'work', state: { kind: 'ready' } }]);
  });

  test('one that was kept for the session is missing, keeps its name, and is entered again', async () => {
    const { history } = await tempHistory();
    const first = await begin({ history, ring: null });
    const { active: id } = value(await add(first.service, 'work', SECRET));
    expect(first.service.list().keychain).toMatchObject({
      backend: 'session',
      why: expect.stringMatching(/until the app quits/),
    });
    const second = await begin({ history, ring: null });
    await expect.poll(() => named(second.service)[0]?.state).toEqual({ kind: 'missing' });
    expect(second.told.at(-1)?.profiles[0]).toMatchObject({ state: { kind: 'missing' } });
    expect(await keyOf(second.service, id)).toBeNull();
    await add(second.service, '', OTHER, id);
    expect(named(second.service)).toMatchObject([{ id, name: 'work', state: { kind: 'ready' } }]);
    expect(await keyOf(second.service, id)).toBe(OTHER);
  });

  test('one in a locked keyring is unreadable, says what to do, and can be entered again', async () => {
    const { history } = await tempHistory();
    const ring = keyring();
    const { active: id } = value(await add((await begin({ history, ring })).service, 'work', SECRET));
    ring.lock();
    const { service } = await begin({ history, ring });
    await expect
      .poll(() => named(service)[0]?.state)
      .toEqual({ kind: 'unreadable', hint: expect.stringContaining('locked') });
    await add(service, '', OTHER, id);
    expect(named(service)).toMatchObject([{ name: 'work', state: { kind: 'ready' } }]);
    expect(await keyOf(service, id)).toBe(OTHER);
  });

  test('an entry that cannot be read is left out, and no other with it', async () => {
    const { history } = await tempHistory();
    const entry = { id: 'key:1', name: 'work', realm: 'fal', addedAt: 1, tested: true, removedAt: null };
    await history.keep('setting:keys', [{ id: 5 }, entry, 'text'], 1);
    expect(named((await begin({ history })).service)).toMatchObject([{ name: 'work' }]);
    await history.keep('setting:keys', 'spoilt', 1);
    expect(named((await begin({ history })).service)).toEqual([]);
  });
});
