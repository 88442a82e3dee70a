import { PLAIN } from '../../shared/runs/asked.ts';
import { describe, expect, it } from 'vitest';
import type { Run } from '../../shared/runs/run.ts';
import { dayName, rowsByDay } from './days.ts';

const now = new Date(2026, 2, 4, 9, 30);

const run = (id: number, created: Date): Run => ({
  id,
  endpointId: 'acme/bird',
  profileId: 'demo',
  requestId: null,
  origin: 'queue',
  ...PLAIN,
  input: {},
  output: null,
  media: [],
  times: {
    created: created.getTime(),
    submitted: null,
    queued: null,
    started: null,
    ended: null,
    inferenceSeconds: null,
  },
  state: { kind: 'succeeded' },
});

describe('the days of the history', () => {
  it.each([
    [new Date(2026, 2, 4, 0, 1), 'Today'],
    [new Date(2026, 2, 3, 23, 59), 'Yesterday'],
    [new Date(2026, 2, 2, 12), 'Monday 2 March'],
    [new Date(2025, 11, 31, 12), 'Wednesday 31 December 2025'],
  ])('%s is %s', (date, name) => expect(dayName(date, now)).toBe(name));

  it('begins a new row at each day and when a row is full', () => {
    const today = [5, 4, 3].map((id) => run(id, new Date(2026, 2, 4, 8, id)));
    const before = run(2, new Date(2026, 2, 3, 8));
    const rows = rowsByDay([...today, before], 2, now).map((row) =>
      row.kind === 'day' ? row.name : row.runs.map((entry) => entry.id),
    );
    expect(rows).toEqual(['Today', [5, 4], [3], 'Yesterday', [2]]);
  });
});
