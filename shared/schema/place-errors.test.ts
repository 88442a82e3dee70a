import { describe, expect, it } from 'vitest';
import { formOf } from './form.fixture.ts';
import { messagesWithin, placeErrors } from './place-errors.ts';

const path = { type: 'string' };
const form = formOf({
  prompt: { type: 'string' },
  loras: { type: 'array', items: { type: 'object', properties: { path, 'a/b~c': path } } },
  points: { type: 'array', items: {} },
  names: { type: 'object', additionalProperties: { type: 'integer' } },
  corner: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }] },
  image_size: {
    type: 'object',
    properties: { width: { type: 'integer' }, height: { type: 'integer' } },
  },
});

describe('placeErrors', () => {
  it('puts each complaint on its field, once', () => {
    const { byField, rest } = placeErrors(form, [
      { loc: ['body', 'prompt'], msg: 'field required' },
      { loc: ['body', 'prompt'], msg: 'field required' },
      { loc: ['body', 'prompt'], msg: 'too short' },
    ]);
    expect([...byField]).toEqual([['/prompt', ['field required', 'too short']]]);
    expect(rest).toEqual([]);
  });

  it('goes as deep as there are fields, through lists, groups, maps and the names of union branches', () => {
    const { byField } = placeErrors(form, [
      { loc: ['body', 'loras', 1, 'path'], msg: 'field required' },
      { loc: ['body', 'loras', 0], msg: 'not an object' },
      { loc: ['body', 'loras', 'list', 0, 'LoRAInput', 'path'], msg: 'no such host' },
      { loc: ['body', 'loras', 0, 'a/b~c'], msg: 'odd' },
      { loc: ['body', 'loras', 'str'], msg: 'not a list' },
      { loc: ['body', 'names', 'wren'], msg: 'too large' },
      { loc: ['body', 'corner', 1], msg: 'too large' },
    ]);
    expect(Object.fromEntries(byField)).toEqual({
      '/loras/1/path': ['field required'],
      '/loras/0': ['not an object'],
      '/loras/0/path': ['no such host'],
      '/loras/0/a~1b~0c': ['odd'],
      '/loras': ['not a list'],
      '/names/wren': ['too large'],
      '/corner/1': ['too large'],
    });
  });

  it('says in words what lies below the deepest field', () => {
    const { byField } = placeErrors(form, [
      { loc: ['body', 'points', 1, 'image_url'], msg: 'field required' },
      { loc: ['body', 'loras', 2, 'gone'], msg: 'unexpected' },
      { loc: ['body', 'corner', 7], msg: 'too many' },
      { loc: ['body', 'image_size', 'ImageSize', 'width'], msg: 'too large' },
      { loc: ['body', 'image_size', "literal['square']"], msg: 'unexpected value' },
      { loc: ['body', 'image_size', 'str'], msg: 'not a string' },
    ]);
    expect(Object.fromEntries(byField)).toEqual({
      '/points': ['Item 2, image URL: field required'],
      '/loras/2': ['Gone: unexpected'],
      '/corner': ['Item 8: too many'],
      '/image_size': ['Width: too large', 'unexpected value', 'not a string'],
    });
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
    expect([...byField.keys()]).toEqual(['/prompt']);
  });
});

describe('messagesWithin', () => {
  it('tells all that lies within a field, with its place in words', () => {
    const { byField } = placeErrors(form, [
      { loc: ['body', 'loras', 1, 'path'], msg: 'field required' },
      { loc: ['body', 'loras'], msg: 'too many' },
      { loc: ['body', 'prompt'], msg: 'too short' },
    ]);
    expect(messagesWithin(byField, ['loras'])).toEqual(['Item 2, path: field required', 'too many']);
    expect(messagesWithin(byField, ['loras', 1])).toEqual(['Path: field required']);
    expect(messagesWithin(byField, ['lo'])).toEqual([]);
  });
});
