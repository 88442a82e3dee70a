import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { isJson } from '../json.ts';
import { checkInput } from './check.ts';
import type { ModelForm } from './field.ts';
import { fieldOf, documentOf, formOf } from './form.fixture.ts';
import { readForm } from './fields.ts';
import { buildRequest } from './request.ts';

const advanced = (form: ModelForm) => form.fields.filter((field) => field.advanced).map(({ name }) => name);

describe('readForm', () => {
  it('reads label, help and examples, and keeps a reference’s class name out of the label', () => {
    const prompt = fieldOf(
      { type: 'string', title: 'Prompt', description: ' What. ', examples: ['a', 1, 'a', {}, null] },
      'prompt',
    );
    expect(prompt).toMatchObject({
      label: 'Prompt',
      help: 'What.',
      examples: ['a', '1'],
      kind: 'text',
      multiline: true,
    });
    const result = readForm(
      documentOf(
        { type: 'object', properties: { lens: { $ref: '#/components/schemas/Lens' } } },
        {
          Lens: {
            title: 'LensInput',
            type: 'string',
            description: 'Which lens.',
            enum: ['wide'],
            example: 'wide',
          },
        },
      ),
    );
    expect(result).toMatchObject({
      form: { fields: [{ label: 'Lens', help: 'Which lens.', examples: ['wide'] }] },
    });
  });

  it('folds away only in long forms, and never what is required', () => {
    const names = ['prompt', 'strength', 'scheduler', 'eta', 'tau', 'shift'];
    const properties = Object.fromEntries(names.map((name) => [name, { type: 'string' }]));
    expect(advanced(formOf(properties))).toEqual([]);
    const longer = formOf({ ...properties, needed: { type: 'string' } }, ['needed']);
    expect(advanced(longer)).toEqual(['strength', 'scheduler', 'eta', 'tau', 'shift']);
  });

  it('finds hints wherever they are written', () => {
    const filler = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, { type: 'string' }]),
    );
    const form = formOf({
      ...filler,
      one: { anyOf: [{ type: 'string', ui: { important: true } }, { type: 'null' }] },
      two: { type: 'string', _fal_ui_field: 'image' },
      three: { anyOf: [{ type: 'string', ui: { hidden: true } }, { type: 'null' }] },
    });
    expect(form.fields.filter((field) => !field.advanced).map(({ name }) => name)).toEqual(['one', 'two']);
    expect(form.fields.map(({ name }) => name)).not.toContain('three');
  });

  it('drops a default that fits only in form', () => {
    expect(fieldOf({ type: 'integer', maximum: 3, default: '5' }).default).toBeUndefined();
    expect(fieldOf({ type: 'string', maxLength: 1, default: 55 }).default).toBeUndefined();
    expect(fieldOf({ type: 'integer', default: 'many' }).default).toBeUndefined();
    expect(fieldOf({ type: 'string', enum: ['5'], default: ['5'] }).default).toBeUndefined();
  });

  it('keeps a default exactly, beyond 2^53 too', () => {
    expect(fieldOf({ type: 'integer', default: 9007199254740993n }, 'seed').default).toBe(9007199254740993n);
    expect(fieldOf({ type: 'integer', default: '9007199254740993' }, 'seed').default).toBe(9007199254740993n);
  });

  it('survives any property whatever, and offers nothing its own check refuses', () => {
    const word = fc.constantFrom<string>(
      'type',
      'anyOf',
      'oneOf',
      'allOf',
      '$ref',
      'enum',
      'const',
      'default',
      'examples',
      'items',
      'properties',
      'minimum',
      'maximum',
      'exclusiveMinimum',
      'multipleOf',
      'minLength',
      'maxLength',
      'nullable',
      'ui',
      'title',
      'description',
    );
    const leaf = fc.oneof(
      fc.constantFrom(
        'string',
        'integer',
        'number',
        'boolean',
        'array',
        'object',
        'null',
        '#/components/schemas/Output',
      ),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.boolean(),
      fc.constant(null),
      fc.string(),
    );
    const { schema } = fc.letrec((tie) => ({
      schema: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.array(tie('schema'), { maxLength: 3 }),
        fc.dictionary(word, tie('schema')),
      ),
    }));
    fc.assert(
      fc.property(
        fc.constantFrom('prompt', 'seed', 'image_size', '__proto__', 'x'),
        schema,
        fc.boolean(),
        (name, property, required) => {
          if (!isJson(property)) return;
          const properties = Object.fromEntries([[name, property]]);
          const result = readForm(
            documentOf({ type: 'object', properties, required: required ? [name] : [] }),
          );
          if (result.kind === 'unreadable') throw new Error(result.reason);
          for (const field of result.form.fields) {
            expect(field.name).toBe(name);
            if (field.default === undefined) continue;
            expect(checkInput(result.form, Object.fromEntries([[name, field.default]]))).toEqual([]);
            expect(Object.keys(buildRequest(result.form, {}))).toEqual(required ? [name] : []);
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});
