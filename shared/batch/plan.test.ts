import { describe, expect, test } from 'vitest';
import type { JsonObject } from '../json.ts';
import { formOf } from '../schema/form.fixture.ts';
import { planModels, planRepeats, planSeeds, planSweep } from './plan.ts';
import type { BatchStart, SweepAxis } from './plan.ts';
import { seedFieldOf } from './seeds.ts';
import { sweepFields } from './sweep-fields.ts';

const form = formOf(
  {
    prompt: { type: 'string' },
    num_inference_steps: { type: 'integer', minimum: 1, maximum: 50, default: 28 },
    style: { type: 'string', enum: ['ink', 'oil'] },
    seed: { type: 'integer' },
    loras: {
      type: 'array',
      items: { type: 'object', properties: { path: { type: 'string' }, scale: { type: 'number' } } },
    },
  },
  ['prompt'],
);
const startWith = (input: JsonObject): BatchStart => ({
  endpointId: 'acme/bird',
  form,
  input,
  holds: 'changed',
});
const start = startWith({ prompt: 'a wren' });

const axis = (label: string, ...values: SweepAxis['values']): SweepAxis => {
  const swept = sweepFields(form, start.input).find((one) => one.label === label);
  if (swept === undefined) throw new Error(`no field ${label}`);
  return { swept, values };
};

describe('on several models', () => {
  test('each gets what carries over, in a column of its own, the first all that was set', () => {
    const other = {
      endpointId: 'acme/crow',
      form: formOf({ text: { type: 'string' }, seed: { type: 'integer' } }),
    };
    const plan = planModels(startWith({ prompt: 'a wren', style: 'ink', seed: 7 }), [other]);
    expect(plan.map(({ endpointId, input, column }) => ({ endpointId, input, at: column.index }))).toEqual([
      { endpointId: 'acme/bird', input: { prompt: 'a wren', style: 'ink', seed: 7 }, at: 0 },
      { endpointId: 'acme/crow', input: { text: 'a wren', seed: 7 }, at: 1 },
    ]);
  });

  test('what another model needs and does not get is said of it and of nobody else', () => {
    const other = {
      endpointId: 'acme/crow',
      form: formOf({ prompt: { type: 'string' }, image_url: { type: 'string' } }, ['prompt', 'image_url']),
    };
    expect(planModels(start, [other]).map(({ problem }) => problem)).toEqual([null, 'An image is needed']);
  });
});

test('each seed is a run of its own, under its name', () => {
  const seed = seedFieldOf(form);
  const plan = seed === undefined ? [] : planSeeds(start, seed, [1, 12345678901234567890n]);
  expect(plan.map(({ input, column }) => [input['seed'], column.label])).toEqual([
    [1, 'seed 1'],
    [12345678901234567890n, 'seed 12345678901234567890'],
  ]);
});

test('a model without a seed is sent the same request as often as wanted', () => {
  expect(planRepeats(start, 3).map(({ input, column }) => [input, column.label])).toEqual([
    [{ prompt: 'a wren' }, 'run 1'],
    [{ prompt: 'a wren' }, 'run 2'],
    [{ prompt: 'a wren' }, 'run 3'],
  ]);
});

describe('a sweep', () => {
  test('over two fields is a run for each pair, row by row', () => {
    const plan = planSweep(start, axis('Num inference steps', 10, 28), axis('Style', 'ink', 'oil'));
    expect(plan.map(({ column, row, input }) => [column.index, row.index, input])).toEqual([
      [0, 0, { prompt: 'a wren', num_inference_steps: 10, style: 'ink' }],
      // The model's own default is left to the model, as it is when the form shows it.
      [1, 0, { prompt: 'a wren', style: 'ink' }],
      [0, 1, { prompt: 'a wren', num_inference_steps: 10, style: 'oil' }],
      [1, 1, { prompt: 'a wren', style: 'oil' }],
    ]);
    expect([plan[0]?.column.label, plan[0]?.row.label]).toEqual(['num inference steps 10', 'style Ink']);
  });

  test('over one field is one row', () => {
    const plan = planSweep(start, axis('Prompt', 'a wren', 'a heron'), null);
    expect(plan.map(({ column, row }) => [column.label, row])).toEqual([
      ['prompt “a wren”', { index: 0, label: '' }],
      ['prompt “a heron”', { index: 0, label: '' }],
    ]);
  });

  test('says what is wrong with the cell it is wrong with', () => {
    const plan = planSweep(start, axis('Num inference steps', 50, 51), null);
    expect(plan.map(({ problem }) => problem)).toEqual([null, 'Between 1 and 50']);
  });

  test('takes no notice of a field that is needed and swept', () => {
    const plan = planSweep(startWith({}), axis('Prompt', 'a wren', ''), null);
    expect(plan.map(({ problem }) => problem)).toEqual([null, 'A prompt is needed']);
  });
});

describe('fields that can be swept', () => {
  test('are those of a few words, and those within what is there', () => {
    const input = { prompt: 'a wren', loras: [{ path: 'a' }, { path: 'b', scale: 0.5 }] };
    expect(sweepFields(form, input).map(({ label }) => label)).toEqual([
      'Prompt',
      'Num inference steps',
      'Style',
      'Seed',
      'LoRA 1 · Path',
      'LoRA 1 · Scale',
      'LoRA 2 · Path',
      'LoRA 2 · Scale',
    ]);
  });

  test('are set where they lie', () => {
    const base = startWith({ prompt: 'a wren', loras: [{ path: 'a' }, { path: 'b', scale: 0.5 }] });
    const swept = sweepFields(form, base.input).find(({ label }) => label === 'LoRA 2 · Scale');
    const plan = swept === undefined ? [] : planSweep(base, { swept, values: [1, 2] }, null);
    expect(plan.map(({ input }) => input['loras'])).toEqual([
      [{ path: 'a' }, { path: 'b', scale: 1 }],
      [{ path: 'a' }, { path: 'b', scale: 2 }],
    ]);
  });
});
