import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LogEntry } from '../../shared/fal/queue.ts';
import type { Run, RunStateKind } from '../../shared/runs/run.ts';
import { isOver, mayFollow } from '../../shared/runs/transitions.ts';
import { HistoryDatabase } from '../../electron/history/database.ts';
import type { Said } from './kill-process.ts';
import type { KillPlan } from './kill-plan.ts';

/** What lies on the disk. */
export interface Kept {
  readonly run: Run;
  readonly logs: readonly LogEntry[];
}

/** Every run on the disk, by endpoint; read from a copy, so that the next process finds the file as the kill left it. */
export function readKept(dir: string): ReadonlyMap<string, Kept> {
  const copy = mkdtempSync(join(tmpdir(), 'soak-copy-'));
  try {
    for (const name of readdirSync(dir))
      if (name.startsWith('history')) cpSync(join(dir, name), join(copy, name));
    if (!existsSync(join(copy, 'history.db'))) return new Map();
    const database = new HistoryDatabase(join(copy, 'history.db'));
    const { runs, unreadable } = database.page({ before: null, limit: 1000, endpointId: null });
    if (unreadable > 0) throw new Error(`${unreadable} rows cannot be read`);
    const kept = new Map(runs.map((run) => [run.endpointId, { run, logs: database.logs(run.id) }]));
    database.close();
    return kept;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** What one life of the program told must be on the disk when it is gone: a row first, an event second. */
export function faultsOfLife(said: readonly Said[], kept: ReadonlyMap<string, Kept>): string[] {
  const faults: string[] = [];
  const told = new Map<string, RunStateKind>();
  for (const event of said) {
    if (event.type === 'told') told.set(event.endpoint, event.state);
    if (event.type === 'notice') faults.push(`notice: ${event.sentence}`);
    if (event.type === 'opened' && (event.setAside ?? event.unwritable) !== null)
      faults.push(`the history did not open: ${event.setAside ?? event.unwritable}`);
    if (event.type === 'logged') {
      const lines = [...kept.values()].find(({ run }) => run.id === event.id)?.logs ?? [];
      for (const line of event.lines)
        if (!lines.some((entry) => entry.message === line)) faults.push(`log line lost: ${line}`);
    }
    if (event.type === 'started' && event.accepted && !kept.has(event.endpoint))
      faults.push(`${event.endpoint} was accepted and is not kept`);
  }
  for (const [endpoint, state] of told) {
    const there = kept.get(endpoint)?.run.state.kind;
    if (there === undefined || !mayFollow(state, there))
      faults.push(`${endpoint} was told to be ${state} and is kept as ${there}`);
  }
  return faults;
}

/**
 * How a run may end that lies on the disk like this when the program is gone. `cancelled`: the plan asks for a cancel of
 * this very run.
 */
export function mayEndAs(run: Run, plan: KillPlan, cancelled: boolean): readonly RunStateKind[] {
  const { server } = plan;
  const { state } = run;
  const { kind } = state;
  if (kind === 'waiting' || kind === 'uploading') return endsOfUpload(plan);
  const wish = kind === 'cancelling' || (kind === 'confirming' && state.cancelWish);
  if (run.requestId === null && (kind === 'unconfirmed' || !isOver(state))) {
    // Found in fal's list, or not: it may not have arrived, or the network may be cut while it is looked for.
    if (server === 'forgets') return ['unconfirmed'];
    return wish ? ['unconfirmed', 'cancelled', 'succeeded'] : ['unconfirmed', 'succeeded'];
  }
  if (isOver(state)) return [kind];
  if (kind === 'saving') return ['succeeded'];
  // A cancel that fal took may show only in the result.
  if (kind === 'fetching' && cancelled && server === 'stays') return ['succeeded', 'cancelled'];
  if (kind === 'cancelling') return ['cancelled', 'succeeded'];
  return server === 'forgets' ? ['lost'] : ['succeeded'];
}

/** The next process sends the file again and then submits, and meets what the server still does. */
function endsOfUpload({ faults, faultsThen }: KillPlan): readonly RunStateKind[] {
  // Nothing is paid yet, so the tries come to an end while the network is away.
  if (faultsThen?.includes('cut')) return ['succeeded', 'failed'];
  return faults.some((fault) => fault.startsWith('drop-submit'))
    ? ['succeeded', 'unconfirmed']
    : ['succeeded'];
}

/** What is not as it should be when all is over. */
export function faultsOfEnd(
  before: ReadonlyMap<string, Kept>,
  after: ReadonlyMap<string, Kept>,
  plan: KillPlan,
  submits: (endpoint: string) => number,
  shaOf: (endpoint: string) => string,
  listed: ReadonlySet<string>,
): string[] {
  const faults: string[] = [];
  for (const [endpoint, { run: then, logs }] of before) {
    const now = after.get(endpoint);
    if (now === undefined) {
      faults.push(`${endpoint} is gone`);
      continue;
    }
    const { run } = now;
    const expected = mayEndAs(then, plan, plan.cancelOn !== null && endpoint.endsWith('-0'));
    if (!expected.includes(run.state.kind))
      faults.push(
        `${endpoint} was ${then.state.kind}, should end as ${expected.join(' or ')}, is ${JSON.stringify(run.state)}`,
      );
    const messages = now.logs.map((entry) => entry.message);
    if (logs.some((entry) => !messages.includes(entry.message)) || new Set(messages).size < messages.length)
      faults.push(`${endpoint}: logs ${JSON.stringify(messages)}`);
    if (run.state.kind === 'succeeded') {
      if (messages.join() !== 'one,two') faults.push(`${endpoint}: logs ${JSON.stringify(messages)}`);
      const [file] = run.media;
      const gone = plan.server === 'forgets' && file?.kind === 'remote';
      if (!gone && (file?.kind !== 'stored' || file.sha256 !== shaOf(endpoint)))
        faults.push(`${endpoint}: file ${JSON.stringify(file)}`);
    }
    if (run.state.kind === 'unconfirmed' && listed.has(endpoint))
      faults.push(`${endpoint}: fal has it, and nobody follows it: ${JSON.stringify(run.state.lookup)}`);
    const sent = submits(endpoint);
    // What was refused with 503 was not taken, and may be sent again.
    if (sent > 1 || (sent === 0 && run.requestId !== null)) faults.push(`${endpoint}: ${sent} submits`);
  }
  return faults;
}

/** Files that are not what their names say, and rests of a download. */
export function faultsOfMedia(dir: string): string[] {
  const media = join(dir, 'media');
  if (!existsSync(media)) return [];
  return readdirSync(media, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    if (!entry.isFile()) return [];
    const path = join(entry.parentPath, entry.name);
    const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
    return sha256 === entry.name ? [] : [`file ${path} is not whole`];
  });
}
