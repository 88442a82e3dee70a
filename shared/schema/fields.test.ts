import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { isJson } from '../json.ts';
import type { JsonObject } from '../json.ts';
import { checkInput } from './check.ts';
import type { ModelForm } from './field.ts';
import { fieldOf, documentOf, formOf } from './form.fixture.ts';
import { readForm } from './fields.ts';
import { buildRequest } from './request.ts';
import { everyField } from './walk.ts';

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

  it('coerces examples and defaults within lists and groups, and leaves out what does not fit', () => {
    const lora = {
      type: 'object',
      required: ['path'],
      properties: { path: { type: 'string' }, scale: { type: 'number' }, tag: { type: 'string' } },
    };
    const { examples } = fieldOf({
      type: 'array',
      items: lora,
      examples: [
        [{ path: 'a', scale: '0.5', tag: [], rank: 4 }],
        [{ scale: 1 }],
        'b',
        [{ path: 'c', scale: null }],
      ],
    });
    expect(examples).toEqual([[{ path: 'a', scale: 0.5, rank: 4 }], [{ path: 'c' }]]);
    const closed = { ...lora, additionalProperties: false };
    expect(fieldOf({ ...closed, default: { path: 1, odd: 2 } }).default).toEqual({ path: '1' });
    expect(fieldOf({ ...closed, default: { scale: 1 } }).default).toBeUndefined();
  });

  it('ends where a document has no end, and in a moment', () => {
    const letters = [...'abcdefgh'];
    const level = (i: number): JsonObject => ({
      type: 'object',
      properties: Object.fromEntries(
        letters.map((letter) => [letter, { $ref: `#/components/schemas/Level${i + 1}` }]),
      ),
    });
    const union = { anyOf: letters.map(() => ({ $ref: '#/components/schemas/Union' })) };
    const levels = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`Level${i}`, level(i)]));
    const result = readForm(
      documentOf(
        {
          type: 'object',
          properties: {
            whole: { $ref: '#/components/schemas/Level0' },
            union: { $ref: '#/components/schemas/Union' },
          },
        },
        { ...levels, Union: union },
      ),
    );
    if (result.kind === 'unreadable') throw new Error(result.reason);
    const all = everyField(result.form);
    expect(all.length).toBeLessThan(2000);
    expect(all.flatMap(({ field }) => (field.kind === 'json' ? [field.reason] : []))).toContain(
      'It holds more than a form can show.',
    );
    expect(result.form.fields.map(({ kind }) => kind)).toEqual(['object', 'json']);
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
      'prefixItems',
      'minItems',
      'uniqueItems',
      'properties',
      'required',
      'additionalProperties',
      'x-fal',
      'format',
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
