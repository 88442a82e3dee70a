import { describe, expect, it } from 'vitest';
import { formOf } from './form.fixture.ts';
import { placeErrors } from './place-errors.ts';

const form = formOf({
  prompt: { type: 'string' },
  loras: { type: 'array', items: {} },
  image_size: { type: 'object' },
});

describe('placeErrors', () => {
  it('puts each complaint on its field, once', () => {
    const { byField, rest } = placeErrors(form, [
      { loc: ['body', 'prompt'], msg: 'field required' },
      { loc: ['body', 'prompt'], msg: 'field required' },
      { loc: ['body', 'prompt'], msg: 'too short' },
    ]);
    expect([...byField]).toEqual([['prompt', ['field required', 'too short']]]);
    expect(rest).toEqual([]);
  });

  it('says in words what lies within a field', () => {
    const { byField } = placeErrors(form, [
      { loc: ['body', 'loras', 1, 'path'], msg: 'field required' },
      { loc: ['body', 'loras', 0], msg: 'not an object' },
      { loc: ['body', 'loras', 0, 'image_url'], msg: 'no such host' },
      { loc: ['body', 'image_size', 'ImageSize', 'width'], msg: 'too large' },
      { loc: ['body', 'image_size', "literal['square']"], msg: 'unexpected value' },
      { loc: ['body', 'image_size', 'str'], msg: 'not a string' },
    ]);
    expect(byField.get('loras')).toEqual([
      'Item 2, path: field required',
      'Item 1: not an object',
      'Item 1, image URL: no such host',
    ]);
    expect(byField.get('image_size')).toEqual(['Width: too large', 'unexpected value', 'not a string']);
  });

  it('keeps what belongs to no field', () => {
    const { byField, rest } = placeErrors(form, [
      { loc: [], msg: 'went wrong' },
      { loc: ['body'], msg: 'not a valid request' },
      { loc: ['body', 'gone_url'], msg: 'unknown' },
      { loc: ['body', 0], msg: 'odd' },
      { loc: ['prompt'], msg: 'without a body' },
    ]);
    expect(rest).toEqual(['went wrong', 'not a valid request', 'Gone URL: unknown', 'Item 1: odd']);
    expect([...byField.keys()]).toEqual(['prompt']);
  });
});
