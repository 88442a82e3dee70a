import { expect, test } from 'vitest';
import type { Run } from '../../shared/runs/run.ts';
import { SYSTEM_CLOCK } from '../fal/clock.ts';
import { connectionTo, idOf, json, never, serve } from '../fal/fal.fixture.ts';
import { aRun } from '../history/history.fixture.ts';
import { Confirmer } from './confirm.ts';

const HOUR = 3_600_000;
const WREN = { prompt: 'a wren' };

interface Case {
  /** Milliseconds by which this computer's clock was ahead when the run was stamped, and when it is looked for. */
  readonly atSubmit: number;
  readonly atLookup?: number;
  /** What fal was sent half a minute ago. */
  readonly sent?: Readonly<Record<string, string>> | null;
  /** Other runs here, stamped as this one was, by their requests. */
  readonly others?: readonly string[];
  readonly times?: Partial<Run['times']>;
  readonly full?: boolean;
}

/** What is said of a run by a list that keeps to the hours it is asked for, and tells the right time. */
async function lookedUp({ atSubmit, atLookup = 0, sent = WREN, others = [], times, full = false }: Case) {
  const sentAt = Date.now() - 30_000;
  const { hosts } = await serve((response, { url }) => {
    const asked = new URL(url, 'http://x').searchParams;
    const [start = 0, end = 0] = ['start', 'end'].map((name) => Date.parse(asked.get(name) ?? ''));
    const item = { request_id: 'r-1', sent_at: new Date(sentAt).toISOString(), json_input: sent };
    const wide = end - start > 12 * HOUR;
    json(response, 200, {
      items: sent !== null && sentAt >= start && sentAt < end ? [item] : [],
      ...(full && wide ? { next_cursor: '2' } : {}),
    });
  });
  const created = sentAt + atSubmit;
  const run = aRun(created * 1000, {
    input: WREN,
    state: { kind: 'submitting' },
    times: { ...aRun(1).times, created, submitted: created, ...times },
  });
  const runs = others.map((requestId, n) => aRun(run.id + n + 1, { requestId }));
  const confirmer = new Confirmer({
    history: {
      page: ({ before }) =>
        Promise.resolve({
          runs: runs.filter(({ id }) => before === null || id < before),
          more: false,
          unreadable: 0,
        }),
    },
    live: () => [],
  });
  const clock = { ...SYSTEM_CLOCK, now: () => Date.now() + atLookup };
  return confirmer.confirm(run, connectionTo(hosts, { clock }), idOf('acme/bird'), never());
}

const OURS = { kind: 'ours', requestId: 'r-1' };
const FOUND = { kind: 'found', count: 1 };

test.each([
  ['right', 0, OURS],
  ['an hour ahead', HOUR, FOUND],
  ['an hour behind', -HOUR, OURS],
  ['2 hours ahead', 2 * HOUR, FOUND],
  ['2 hours behind', -2 * HOUR, FOUND],
  ['25 hours ahead', 25 * HOUR, FOUND],
  ['25 hours behind', -25 * HOUR, FOUND],
])('a clock that was %s at the submit and is right again does not hide the run', async (_name, off, said) => {
  expect(await lookedUp({ atSubmit: off })).toMatchObject(said);
});

test.each([
  ['an hour ahead', HOUR, FOUND],
  ['an hour behind', -HOUR, OURS],
  ['2 hours ahead', 2 * HOUR, FOUND],
  ['2 hours behind', -2 * HOUR, FOUND],
  ['25 hours ahead', 25 * HOUR, FOUND],
  ['25 hours behind', -25 * HOUR, FOUND],
])(
  'a clock that was right at the submit and is %s now does not hide the run',
  async (_name, off, opposite) => {
    expect(await lookedUp({ atSubmit: 0, atLookup: off })).toMatchObject(OURS);
    expect(await lookedUp({ atSubmit: off, atLookup: off })).toMatchObject(OURS);
    expect(await lookedUp({ atSubmit: off, atLookup: -off })).toMatchObject(opposite);
  },
);

test.each([0, HOUR, -HOUR, 2 * HOUR, -2 * HOUR, 25 * HOUR, -25 * HOUR])(
  'by a clock that was %i ms ahead: what was not taken is not found, nor what is another run’s or was another input',
  async (atSubmit) => {
    expect(await lookedUp({ atSubmit, sent: null })).toEqual({ kind: 'none_found' });
    expect(await lookedUp({ atSubmit, others: ['r-1'] })).toEqual({ kind: 'none_found' });
    const other = await lookedUp({ atSubmit, sent: { prompt: 'an owl' } });
    expect(other).toEqual([0, -HOUR].includes(atSubmit) ? FOUND : { kind: 'none_found' });
  },
);

test('a list of so many hours that cannot be read whole shows nothing to be absent', async () => {
  expect(await lookedUp({ atSubmit: HOUR, sent: null, full: true })).toMatchObject({
    kind: 'impossible',
    error: { title: 'fal’s list is too long to be read whole' },
  });
});

test.each([
  ['stamped days after the lookup', 72 * HOUR, {}],
  ['submitted days before it was written down', 0, { created: Date.now() + 72 * HOUR }],
])('a run %s cannot be looked up', async (_name, atSubmit, times) => {
  expect(await lookedUp({ atSubmit, sent: null, times })).toMatchObject({
    kind: 'impossible',
    error: { title: expect.stringContaining('clock was wrong by days') },
  });
});
