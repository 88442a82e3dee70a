import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { RunState } from '../../shared/runs/run.ts';
import { MOST_UNSEEN } from './log-book.ts';
import { aRun } from './run.fixture.ts';
import { useRuns } from './runs.ts';

const going: RunState = { kind: 'running', trouble: null };
const done: RunState = { kind: 'succeeded' };
const LINES = 3 * MOST_UNSEEN;

const lines = (from: number, to: number): LogEntry[] =>
  Array.from({ length: to - from }, (_, i) => ({
    message: `line ${from + i}`,
    level: 'INFO',
    timestamp: String(from + i),
  }));

const take = (id: number, state: RunState): void => useRuns.getState().take(aRun(id, { state }));

/** What the history has of every run. */
let written: readonly LogEntry[] = [];
let frames: (() => void)[] = [];

function hear(id: number, entries: readonly LogEntry[]): void {
  useRuns.getState().takeLogs(id, entries);
  for (const frame of frames.splice(0)) frame();
}

const held = (id: number): readonly LogEntry[] | undefined => useRuns.getState().logs[id];

beforeEach(() => {
  written = [];
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
  vi.stubGlobal('cancelAnimationFrame', () => undefined);
  const commands = { 'runs.logs': () => Promise.resolve({ ok: true, value: written }) };
  vi.stubGlobal('window', { playground: { commands } });
});
afterEach(() => vi.unstubAllGlobals());

it('holds the last lines of a run nobody looks at, and none once it is over', () => {
  take(1, going);
  hear(1, lines(0, LINES));
  expect(held(1)).toEqual(lines(LINES - MOST_UNSEEN, LINES));
  take(1, done);
  expect(held(1)).toBeUndefined();
  hear(1, lines(LINES, LINES + 1));
  expect(held(1)).toBeUndefined();
});

it('holds the log of a run in sight until it is so no more, and reads it again when it is', async () => {
  take(2, going);
  const letGo = useRuns.getState().holdLogs(2);
  const other = useRuns.getState().holdLogs(2);
  hear(2, lines(0, LINES));
  take(2, done);
  letGo();
  expect(held(2)).toEqual(lines(0, LINES));
  other();
  expect(held(2)).toBeUndefined();

  written = lines(0, LINES);
  const again = useRuns.getState().holdLogs(2);
  await vi.waitFor(() => expect(held(2)).toEqual(written));
  again();
});

it('keeps no lines that arrive for a run that has gone out of sight meanwhile', async () => {
  take(3, done);
  written = lines(0, LINES);
  useRuns.getState().holdLogs(3)();
  // Asked for later, and so answered later.
  const letGo = useRuns.getState().holdLogs(4);
  await vi.waitFor(() => expect(held(4)).toEqual(written));
  expect(held(3)).toBeUndefined();
  letGo();
});
