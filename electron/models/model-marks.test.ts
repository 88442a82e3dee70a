import { expect, test } from 'vitest';
import type { Marks } from '../../shared/ipc/models.ts';
import type { Realm } from '../../shared/ipc/profiles.ts';
import { tempHistory } from '../history/history.fixture.ts';
import { ModelMarks } from './model-marks.ts';

async function begin(at?: string) {
  const { history, dir } = await tempHistory(at);
  const told: Marks[] = [];
  const place: { realm: Realm } = { realm: 'fal' };
  const marks = new ModelMarks({
    history,
    activeRealm: () => place.realm,
    changed: (next) => told.push(next),
  });
  return { marks, history, dir, told, place };
}

test('stars and the last models are kept by realm, newest first, over a restart', async () => {
  const { marks, history, dir, told, place } = await begin();
  expect(await marks.list()).toEqual({ realm: 'fal', starred: [], recent: [] });
  // At once: none may undo another.
  await Promise.all([
    marks.star('acme/bird', true),
    marks.opened('acme/bird'),
    marks.star('acme/tree', true),
    marks.opened('acme/tree'),
    marks.opened('acme/bird'),
    marks.star('acme/bird', true),
  ]);
  const all = { realm: 'fal', starred: ['acme/bird', 'acme/tree'], recent: ['acme/bird', 'acme/tree'] };
  expect(told.at(-1)).toEqual(all);
  place.realm = 'demo';
  await marks.star('demo/hillside', true);
  expect(told.at(-1)).toEqual({ realm: 'demo', starred: ['demo/hillside'], recent: [] });
  await history.close();

  const later = await begin(dir);
  expect(await later.marks.list()).toEqual(all);
  await later.marks.star('acme/bird', false);
  expect(await later.marks.list()).toEqual({ ...all, starred: ['acme/tree'] });
});

test('the last models are the last two dozen', async () => {
  const { marks } = await begin();
  for (let i = 0; i < 30; i += 1) await marks.opened(`acme/bird-${i}`);
  const { recent } = await marks.list();
  expect([recent.length, recent[0], recent.at(-1)]).toEqual([24, 'acme/bird-29', 'acme/bird-6']);
});

test('a disk that refuses is said of a star, which holds for this session', async () => {
  const marks = new ModelMarks({
    history: { keep: () => Promise.reject(new Error('full')), kept: () => Promise.resolve(null) },
    activeRealm: () => 'fal',
    changed: () => undefined,
  });
  expect(await marks.star('acme/bird', true)).toMatchObject({ ok: false, error: { kind: 'storage' } });
  await marks.opened('acme/bird');
  expect(await marks.list()).toMatchObject({ starred: ['acme/bird'], recent: ['acme/bird'] });
});

test('what is no list any more is none', async () => {
  const { marks, history } = await begin();
  await history.keep('setting:models:fal', { starred: [5], recent: ['acme/bird'] }, 1);
  expect(await marks.list()).toEqual({ realm: 'fal', starred: [], recent: ['acme/bird'] });
});
