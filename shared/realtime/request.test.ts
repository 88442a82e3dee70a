import { describe, expect, it } from 'vitest';
import { formOf } from '../schema/form.fixture.ts';
import { liveRequest } from './request.ts';

const seed = { type: 'integer' };

describe('liveRequest', () => {
  it('puts the session’s seed where it was left to chance', () => {
    const form = formOf({ prompt: { type: 'string' }, seed: { anyOf: [seed, { type: 'null' }] } });
    expect(liveRequest(form, { prompt: 'x' }, 5)).toEqual({ prompt: 'x', seed: 5 });
    expect(liveRequest(form, { seed: null }, 5)).toEqual({ seed: 5 });
  });

  it('leaves a seed alone that is set, or that the model sets by itself', () => {
    expect(liveRequest(formOf({ seed }), { seed: 0 }, 5)).toEqual({ seed: 0 });
    expect(liveRequest(formOf({ seed: { ...seed, default: 7 } }), {}, 5)).toEqual({});
  });

  it('asks for pictures inline where the model can, unless told otherwise', () => {
    const form = formOf({ sync_mode: { type: 'boolean', default: false } });
    expect(liveRequest(form, {}, 5)).toEqual({ sync_mode: true });
    expect(liveRequest(form, { sync_mode: false }, 5)).toEqual({ sync_mode: false });
    expect(liveRequest(formOf({}), {}, 5)).toEqual({});
  });
});
