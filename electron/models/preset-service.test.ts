import { expect, test } from 'vitest';
import { tempHistory } from '../history/history.fixture.ts';
import { PresetService } from './preset-service.ts';

const BIRD = 'acme/bird';
const dusk = { endpointId: BIRD, name: 'Dusk', input: { prompt: 'a', seed: 12345678901234567890n } };

test('presets are kept by model, the newest first, and survive a restart to the last digit', async () => {
  const { history, dir } = await tempHistory();
  const presets = new PresetService({ history });
  await presets.save(dusk);
  await presets.save({ ...dusk, name: 'Dawn', input: { prompt: 'b' } });
  await presets.save({ ...dusk, endpointId: 'acme/other', name: 'Noon' });
  await history.close();
  const { history: later } = await tempHistory(dir);
  const found = await new PresetService({ history: later }).list(BIRD);
  expect(found.map(({ name, input }) => ({ name, input }))).toEqual([
    { name: 'Dawn', input: { prompt: 'b' } },
    { name: 'Dusk', input: dusk.input },
  ]);
});

test('a name is one whatever its case: saved again it is replaced, renamed into another it is refused', async () => {
  const presets = new PresetService(await tempHistory());
  await presets.save(dusk);
  await presets.save({ ...dusk, name: 'dusk', input: { prompt: 'newer' } });
  await presets.save({ ...dusk, name: 'Dawn' });
  expect((await presets.list(BIRD)).map(({ name }) => name)).toEqual(['Dawn', 'dusk']);
  expect(await presets.rename(BIRD, 'Dawn', 'DUSK')).toMatchObject({ ok: false, error: { kind: 'input' } });
  expect(await presets.rename(BIRD, 'dusk', 'Dusk')).toMatchObject({ ok: true });
  await presets.remove(BIRD, 'dawn');
  expect((await presets.list(BIRD)).map(({ name }) => name)).toEqual(['Dusk']);
});

test('changes made at once all count', async () => {
  const presets = new PresetService(await tempHistory());
  const names = Array.from({ length: 12 }, (_, i) => `preset ${i}`);
  await Promise.all(names.map((name) => presets.save({ ...dusk, name })));
  expect((await presets.list(BIRD)).map(({ name }) => name)).toEqual(names.toReversed());
});

test('a row that cannot be read leaves the others, and outlives their changes', async () => {
  const { history } = await tempHistory();
  await history.keep(`presets:${BIRD}`, [{ name: 5 }, { name: 'Dusk', input: {}, at: 1 }, 'x'], 1);
  const presets = new PresetService({ history });
  expect(await presets.list(BIRD)).toEqual([{ name: 'Dusk', input: {}, at: 1 }]);
  expect(await presets.remove(BIRD, 'Dusk')).toEqual({ ok: true, value: [] });
  expect((await history.kept(`presets:${BIRD}`))?.value).toEqual([{ name: 5 }, 'x']);
});
