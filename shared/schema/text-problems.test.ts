import { expect, test } from 'vitest';
import { formOf } from './form.fixture.ts';
import { readRequest, textProblems } from './text-problems.ts';
import type { Remark } from './text-problems.ts';

const form = formOf(
  {
    prompt: { type: 'string' },
    steps: { type: 'integer', minimum: 1, maximum: 50, default: 28 },
    image_size: {
      anyOf: [
        { type: 'object', properties: { width: { type: 'integer' }, height: { type: 'integer' } } },
        { enum: ['square_hd', 'square'], type: 'string' },
      ],
      default: 'square_hd',
    },
  },
  ['prompt'],
);

/** What is marked in the text, and what is said of it. */
const said = (text: string, others: readonly Remark[] = []) =>
  textProblems(text, form, others).map(({ from, to, kind, path, message, line }) => [
    text.slice(from, to),
    `${line} ${kind} ${path}: ${message}`,
  ]);

test('what the schema refuses is marked at its value, however deep', () => {
  const text = '{\n  "prompt": "a wren",\n  "steps": 51,\n  "image_size": { "width": "x" }\n}';
  expect(said(text)).toEqual([
    ['51', '3 refused steps: Between 1 and 50'],
    ['"x"', '4 refused image_size.width: A whole number'],
  ]);
});

test('what is missing is marked at the opening of what it is missing in', () =>
  expect(said('\n{"steps": 2}')).toEqual([['{', '2 refused prompt: A prompt is needed']]));

test('a name the schema does not know is kept, and told as what it is', () => {
  expect(said('{"prompt": "x", "my style": 1}')).toEqual([
    ['"my style"', '1 note my style: Not in the model’s schema; sent as it is'],
  ]);
  expect(textProblems('{"zebra": 1}', null)).toEqual([]);
});

test('a name is unknown wherever the schema lists those it knows, and nowhere else', () => {
  const nested = formOf({
    loras: { type: 'array', items: { type: 'object', properties: { path: { type: 'string' } } } },
    closed: { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false },
    any: { type: 'object' },
  });
  const text = '{"loras": [{"path": "x", "strength": 1}], "closed": {"b": 1}, "any": {"c": 1}}';
  expect(textProblems(text, nested).map(({ path, kind }) => [path, kind])).toEqual([
    ['loras[0].strength', 'note'],
    ['closed.b', 'refused'],
  ]);
});

test('what fal said stands where fal meant it, and not twice', () => {
  const remarks = [
    { path: ['loras', 0, 'x y'], message: 'Not found' },
    { path: ['loras', 3], message: 'Too many' },
    { path: ['steps'], message: 'Between 1 and 50' },
  ];
  const text = '{"prompt": "x", "steps": 99, "loras": [{"x y": "no"}]}';
  expect(said(text, remarks)).toEqual([
    ['99', '1 refused steps: Between 1 and 50'],
    ['"loras"', '1 note loras: Not in the model’s schema; sent as it is'],
    ['[', '1 refused loras[3]: Too many'],
    ['"no"', '1 refused loras[0]["x y"]: Not found'],
  ]);
});

test('a text that cannot be read is told where, and nothing else is said of it', () => {
  expect(said('{\n  "prompt": "x",\n}')).toEqual([[',', '2 syntax : Nothing follows this comma']]);
  expect(said('[1]')).toEqual([['[', '1 syntax : A request is an object, in braces']]);
  expect(said('{"steps": 1e999}')).toEqual([
    ['{', '1 syntax : A number is too large to be sent, or lists stand too deep in each other'],
  ]);
});

test('an empty text is a request without anything in it, and nothing is said of it', () => {
  expect(said(' \n')).toEqual([]);
  expect(readRequest(' \n')).toEqual({ kind: 'empty' });
});

test('a number beyond 2^53 is read with every digit', () =>
  expect(readRequest('{"seed": 9223372036854775807}')).toEqual({
    kind: 'request',
    request: { seed: 9_223_372_036_854_775_807n },
  }));
