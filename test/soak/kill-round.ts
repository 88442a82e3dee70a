import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunStateKind } from '../../shared/runs/run.ts';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { startTestFal } from '../local-fal/index.ts';
import type { TestFal } from '../local-fal/index.ts';
import { faultsOfEnd, faultsOfLife, faultsOfMedia, readKept } from './kill-check.ts';
import { begin } from './kill-process.ts';
import type { Life } from './kill-process.ts';
import type { KillPlan } from './kill-plan.ts';

export interface RoundReport {
  readonly round: number;
  readonly scenario: string;
  /** How the runs lay on the disk at the first kill, and how they ended. */
  readonly killedAs: readonly RunStateKind[];
  readonly endedAs: readonly RunStateKind[];
  /** Empty when all is as it should be. */
  readonly faults: readonly string[];
}

const RUNS = 3;
const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
/** Longer than any round takes on a slow machine; a round that reaches it hangs. */
const LIMIT = 30_000;

/** The file of an endpoint: a picture by its first bytes, of a length that takes several reads. */
function pictureOf(endpoint: string): Buffer {
  const seed = createHash('sha256').update(endpoint).digest();
  return Buffer.concat([PNG, ...Array.from({ length: 6000 + (seed[0] ?? 0) * 20 }, () => seed)]);
}
const shaOf = (endpoint: string): string => createHash('sha256').update(pictureOf(endpoint)).digest('hex');

function modelOf(endpointId: string): LocalModel {
  const date = '2026-01-01T00:00:00Z';
  return {
    endpointId,
    metadata: {
      display_name: endpointId,
      category: 'test',
      description: '',
      tags: [],
      updated_at: date,
      date,
    },
    price: null,
    streams: false,
    openapi: () => ({}),
    // A file's name on the person's own disk says nothing to a model.
    validate: (input) =>
      JSON.stringify(input).includes('media:')
        ? [{ loc: ['body'], msg: 'No address', type: 'value_error' }]
        : null,
    async *run(_input, context) {
      yield { kind: 'log', message: 'one' };
      await context.pause(1);
      yield { kind: 'log', message: 'two' };
      const bytes = pictureOf(endpointId);
      yield {
        kind: 'output',
        data: { image: context.store({ bytes, contentType: 'image/png', extension: 'png' }) },
      };
    },
  };
}

/** One round: runs are started, the process is killed, the server may fail too, and another process ends them. */
export async function killRound(plan: KillPlan): Promise<RoundReport> {
  const endpoints = Array.from({ length: RUNS }, (_, i) => `soak/r${plan.round}-${i}`);
  const extraModels = endpoints.map(modelOf);
  const dir = mkdtempSync(join(tmpdir(), 'soak-'));
  const servers = [await startTestFal({ pace: 0, faults: plan.faults, extraModels })];
  const now = (): TestFal => servers.at(-1) ?? raise('no server');
  const submits = (endpoint: string): number =>
    servers
      .flatMap((server) => server.requests())
      .filter(
        ({ method, path, status }) => method === 'POST' && path === `/queue/${endpoint}` && status !== 503,
      ).length;
  const faults: string[] = [];
  const live = (starts: readonly string[]): Life =>
    begin({ dir, url: now().url, endpoints: starts, cancelOn: plan.cancelOn });
  let life = live(endpoints);
  try {
    await killInTime(life, plan, endpoints[0] ?? '', now());
    let before = readKept(dir);
    const killedAs = [...before.values()].map(({ run }) => run.state.kind);
    faults.push(...faultsOfLife(life.said, before));
    for (const endpoint of endpoints)
      if (!before.has(endpoint) && submits(endpoint) > 0) faults.push(`${endpoint} was sent and is not kept`);

    if (plan.server === 'forgets') {
      const port = Number(URL.parse(now().url)?.port);
      await now().close();
      servers.push(await startTestFal({ pace: 0, port, extraModels }));
    }
    if (plan.killAgain !== null) {
      life = live([]);
      await life.heard(({ type }) => type === 'recovered');
      await sleep(plan.killAgain);
      await life.kill();
      const between = readKept(dir);
      faults.push(...faultsOfLife(life.said, between));
      before = between;
    }
    life = live([]);
    await life.heard(({ type }) => type === 'recovered');
    await sleep(plan.lift);
    now().setFaults([]);
    life.finish();
    const over = await Promise.race([
      life.heard(({ type }) => type === 'over'),
      sleep(LIMIT, 'too long' as const, { ref: false }),
    ]);
    if (over === null || over === 'too long') {
      await life.kill();
      const stuck = [...readKept(dir).values()].map(({ run }) => run.state.kind);
      faults.push(`did not end: ${stuck.join()} ${await life.ended}`);
    }
    const errors = await life.ended;
    if (errors !== '') faults.push(errors);
    const after = readKept(dir);
    faults.push(
      ...faultsOfLife(life.said, after),
      ...faultsOfEnd(before, after, plan, submits, shaOf, await listedAt(now(), endpoints)),
      ...faultsOfMedia(dir),
    );
    const endedAs = [...after.values()].map(({ run }) => run.state.kind);
    return { round: plan.round, scenario: plan.scenario, killedAs, endedAs, faults };
  } finally {
    await life.kill();
    for (const server of servers) await server.close().catch(() => undefined);
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The endpoints of which the server itself lists a request. */
async function listedAt(fal: TestFal, endpoints: readonly string[]): Promise<ReadonlySet<string>> {
  const headers = { authorization: 'Key demo:demo' };
  const listed = new Set<string>();
  for (const endpoint of endpoints) {
    const url = `${fal.hosts.api}/v1/models/requests/by-endpoint?endpoint_id=${endpoint}`;
    const answer = await fetch(url, { headers });
    if ((await answer.text()).includes('"request_id"')) listed.add(endpoint);
  }
  return listed;
}

/** Waits for the plan's moment. The wait after it is the round's own chance, not a guess at how long something takes. */
async function killInTime(life: Life, plan: KillPlan, endpoint: string, fal: TestFal): Promise<void> {
  const { state, after } = plan.kill;
  await life.heard((said) =>
    state === null
      ? said.type === 'recovered'
      : said.type === 'told' && said.endpoint === endpoint && said.state === state,
  );
  const arrived = (): boolean =>
    fal.requests().some(({ method, path, status }) => {
      return method === 'POST' && path === `/queue/${endpoint}` && status !== 503;
    });
  // Without an event to wait for: the process that could tell of it is the one that must not know.
  if (plan.kill.arrived) for (let n = 0; n < 1000 && !arrived(); n += 1) await sleep(5);
  if (plan.faultsThen === null) await sleep(after);
  else {
    await sleep(after / 2);
    fal.setFaults(plan.faultsThen);
    await sleep(after / 2);
  }
  await life.kill();
}

function raise(message: string): never {
  throw new Error(message);
}
