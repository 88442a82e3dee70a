import type { Hosts, JsonObject, LocalModel, RunContext, RunEvent, ValidationDetail } from '../types.ts';
import { ModelError } from '../types.ts';
import { isObject } from '../http.ts';
import { notesOn, tokensOf } from './notes-text.ts';
import { queueDocument } from './queue-document.ts';
import { Reader } from './reader.ts';

const ENDPOINT_ID = 'demo/field-notes';
const DESCRIPTION =
  'Writes notes on a landscape, word by word, on your own machine. Free, offline, and quick.';
/** Milliseconds at pace 1 between two tokens: two hundred a second. */
const TOKEN_MS = 5;
const MOST_PARAGRAPHS = 60;

const SCHEMAS = {
  NotesInput: {
    title: 'NotesInput',
    type: 'object',
    required: ['prompt'],
    'x-fal-order-properties': ['prompt', 'paragraphs'],
    properties: {
      prompt: {
        title: 'Prompt',
        type: 'string',
        minLength: 1,
        maxLength: 500,
        description: 'What to write about: a place, an hour, the weather.',
        examples: ['a still lake at dawn, mist in the pines', 'snow on the hills, evening'],
      },
      paragraphs: {
        title: 'Paragraphs',
        type: 'integer',
        minimum: 1,
        maximum: MOST_PARAGRAPHS,
        default: 4,
        description: 'How long the notes are.',
      },
    },
  },
  NotesOutput: {
    title: 'NotesOutput',
    type: 'object',
    required: ['output'],
    'x-fal-order-properties': ['output', 'partial'],
    properties: {
      output: { title: 'Output', type: 'string', description: 'The notes, in markdown.' },
      partial: { title: 'Partial', type: 'boolean', default: false, description: 'Whether more is to come.' },
    },
  },
} as const;

/** The demo's writer: what it says comes token by token to whoever streams. */
export const fieldNotes: LocalModel = {
  endpointId: ENDPOINT_ID,
  metadata: {
    display_name: 'Field Notes',
    category: 'llm',
    description: DESCRIPTION,
    tags: ['text', 'demo', 'streaming', 'offline'],
    updated_at: '2026-11-01T09:00:00Z',
    date: '2026-11-01T09:00:00Z',
    license_type: 'commercial',
    group: { key: 'demo', label: 'Demo' },
  },
  price: { unit_price: 0, unit: 'tokens', currency: 'USD' },
  streams: true,
  openapi,
  validate(input) {
    const read = readInput(input);
    return read.ok ? null : read.details;
  },
  run,
};

function openapi(hosts: Hosts): JsonObject {
  return queueDocument(hosts, {
    endpointId: ENDPOINT_ID,
    category: 'llm',
    about: DESCRIPTION,
    schemas: SCHEMAS,
    input: 'NotesInput',
    output: 'NotesOutput',
  });
}

async function* run(raw: unknown, context: RunContext): AsyncGenerator<RunEvent> {
  const read = readInput(raw);
  if (!read.ok)
    throw new ModelError('Invalid input', 'value_error', { status: 422, body: { detail: read.details } });
  const tokens = tokensOf(notesOn(read.prompt, read.paragraphs));
  yield { kind: 'log', message: `Writing ${tokens.length} tokens` };
  let output = '';
  for (const token of tokens) {
    await context.pause(TOKEN_MS);
    output += token;
    if (context.streaming) yield { kind: 'preview', data: { output, partial: true } };
  }
  yield { kind: 'output', data: { output, partial: false } };
}

type ReadInput =
  | { readonly ok: true; readonly prompt: string; readonly paragraphs: number }
  | { readonly ok: false; readonly details: readonly ValidationDetail[] };

function readInput(input: unknown): ReadInput {
  const reader = new Reader();
  const given = isObject(input) ? input : {};
  const prompt = reader.text(given['prompt'], ['prompt'], { least: 1, most: 500 });
  const limits = { least: 1, most: MOST_PARAGRAPHS, whole: true };
  const paragraphs = reader.number(given['paragraphs'] ?? 4, ['paragraphs'], limits);
  return reader.faults.length === 0
    ? { ok: true, prompt, paragraphs }
    : { ok: false, details: reader.faults };
}
