import { describe, expect, it } from 'vitest';
import { checkInput } from './check.ts';
import { exampleInputs } from './examples.ts';
import { formOf } from './form.fixture.ts';

const text = { type: 'string' };

describe('exampleInputs', () => {
  it('puts together the first example of each property, then the second where there is one', () => {
    const form = formOf(
      {
        prompt: { ...text, examples: ['a wren', 'an owl', 'an owl'] },
        image_url: { ...text, examples: ['https://a.b/c.png'] },
        steps: { type: 'integer', default: 28, examples: [28, 40] },
        seed: { type: 'integer' },
        old: { ...text, deprecated: true, examples: ['x', 'y', 'z'] },
        bad: { type: 'integer', examples: ['many'] },
      },
      ['prompt'],
    );
    expect(exampleInputs(form)).toEqual([
      { prompt: 'a wren', image_url: 'https://a.b/c.png' },
      { prompt: 'an owl', image_url: 'https://a.b/c.png', steps: 40 },
    ]);
  });

  it('fills groups and lists that have to be there from the examples within them', () => {
    const form = formOf(
      {
        prompt: { ...text, examples: ['a wren'] },
        camera: {
          type: 'object',
          required: ['angle'],
          properties: { angle: { type: 'integer', examples: [30] }, lens: text },
        },
        rows: { type: 'array', items: { type: 'string', examples: ['one'] } },
        more: { type: 'array', items: { type: 'string', examples: ['one'] } },
      },
      ['camera', 'rows'],
    );
    expect(exampleInputs(form)).toEqual([{ prompt: 'a wren', camera: { angle: 30 }, rows: ['one'] }]);
    expect(exampleInputs(form).flatMap((input) => checkInput(form, input))).toEqual([]);
  });

  it('has none where the document shows none', () => {
    expect(exampleInputs(formOf({ prompt: text }))).toEqual([]);
    expect(exampleInputs(formOf({ steps: { type: 'integer', default: 1, examples: [1] } }))).toEqual([]);
  });
});
