import { setTimeout as sleep } from 'node:timers/promises';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { makeDocument } from './fixture-documents.ts';

export const CLOCK_ID = 'bench/clock';

const INPUTS = {
  events: { type: 'integer', minimum: 1, default: 1, description: 'Events in all.' },
  gap: { type: 'number', minimum: 0, default: 0, description: 'Milliseconds before the first event.' },
  lines: { type: 'integer', minimum: 0, default: 0, description: 'Lines of log before each event.' },
  more: { type: 'number', minimum: 0, default: 0, description: 'Milliseconds by which each gap is longer.' },
} as const;
const OUTPUT = {
  type: 'object',
  properties: { steady: { type: 'number' }, wall: { type: 'number' }, text: { type: 'string' } },
} as const;

/**
 * What queue and stream are measured with: each event says when it was written, in milliseconds of the computer's steady
 * clock and of its calendar, the latter also as a text to be seen. `{events, gap, more, lines}` says how many there are, how long
 * after one another, and with how many lines of log.
 */
export function clockModel(): LocalModel {
  const document = makeDocument(CLOCK_ID, { In: { type: 'object', properties: INPUTS }, Out: OUTPUT });
  return {
    endpointId: CLOCK_ID,
    metadata: {
      display_name: 'Clock',
      category: 'llm',
      description: 'Says when it answered, for measuring.',
      tags: [],
      updated_at: '2026-11-21T00:00:00Z',
      date: '2026-11-21T00:00:00Z',
    },
    price: null,
    streams: true,
    openapi: () => document,
    validate: () => null,
    async *run(input, { signal }) {
      const number = (name: keyof typeof INPUTS): number => {
        const value: unknown =
          typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;
        return typeof value === 'number' ? value : INPUTS[name].default;
      };
      const events = number('events');
      for (let i = 0; i < events; i += 1) {
        await sleep(number('gap') + i * number('more'), undefined, { signal });
        for (let line = 0; line < number('lines'); line += 1)
          yield { kind: 'log', message: `step ${i}, line ${line} of what a runner has to say` };
        yield { kind: i === events - 1 ? 'output' : 'preview', data: now() };
      }
    },
  };
}

/** The steady clock is one for all processes of a computer. */
export const steadyNow = (): number => Number(process.hrtime.bigint()) / 1e6;

function now() {
  const wall = Date.now();
  return { steady: steadyNow(), wall, text: String(wall) };
}
