import { afterEach, expect, it, vi } from 'vitest';
import { formOf } from '../../shared/schema/form.fixture.ts';
import { useRequests } from './requests.ts';

afterEach(() => vi.unstubAllGlobals());

it('leaves a group on when the last item of its only list goes', () => {
  const save = vi.fn<() => Promise<unknown>>(() => Promise.resolve({ ok: true, value: null }));
  vi.stubGlobal('window', { playground: { commands: { 'drafts.save': save } } });
  const form = formOf({
    look: { type: 'object', properties: { tags: { type: 'array', items: { type: 'string' } } } },
  });
  useRequests.setState({
    forms: { 'a/b': { kind: 'form', form } },
    drafts: { 'a/b': { look: { tags: ['red'] } } },
  });
  useRequests.getState().arrange('a/b', ['look', 'tags'], { kind: 'remove', index: 0 });
  expect(useRequests.getState().drafts['a/b']).toEqual({ look: {} });
  expect(save).toHaveBeenCalledWith({ endpointId: 'a/b', input: { look: {} } });
});
