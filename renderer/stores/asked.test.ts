import { afterEach, expect, it, vi } from 'vitest';
import { PLAIN } from '../../shared/runs/asked.ts';
import { chosenMethod, useAsked } from './asked.ts';

afterEach(() => vi.unstubAllGlobals());

it('keeps the method that was taken over from a run when the model’s document is read afterwards', async () => {
  const commands = {
    'asked.kept': () => Promise.resolve({ ok: true, value: { method: null, options: {} } }),
    'asked.save': () => Promise.resolve({ ok: true, value: null }),
  };
  vi.stubGlobal('window', { playground: { commands } });
  const back = await useAsked.getState().take('acme/talker', { ...PLAIN, method: 'queue' });
  expect(back).toBeNull();
  // As its document says.
  useAsked.setState({ usual: { 'acme/talker': 'stream' } });
  expect(chosenMethod(useAsked.getState(), 'acme/talker')).toBe('queue');
});
