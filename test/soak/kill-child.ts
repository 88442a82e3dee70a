import * as z from 'zod';
import { ok } from '../../shared/result.ts';
import type { Run } from '../../shared/runs/run.ts';
import { mediaReference } from '../../shared/media/reference.ts';
import { createTransport } from '../../electron/fal/transport/transport.ts';
import { DIRECT } from '../../electron/fal/transport/ways.ts';
import { openHistory } from '../../electron/history/history.ts';
import { InputFiles } from '../../electron/history/input-files.ts';
import { MediaStore } from '../../electron/history/media-store.ts';
import { UNRECKONED } from '../../electron/runs/run-money.fixture.ts';
import { RunService } from '../../electron/runs/run-service.ts';

/**
 * The main process without its window: the real history in its worker, the real media store and run service. Takes up
 * what it finds, starts what it is told to and says each thing as a line of JSON. A line on its input stands for the
 * network's return: it rechecks, and ends when no run is under way.
 */

const order = z
  .object({
    dir: z.string(),
    url: z.string(),
    endpoints: z.array(z.string()),
    cancelOn: z.string().nullable(),
  })
  .parse(JSON.parse(process.argv[2] ?? ''));
const backoff = { tries: 4, base: 20, cap: 100 };

const say = (event: Readonly<Record<string, unknown>>): void =>
  void process.stdout.write(`${JSON.stringify(event)}\n`);

const worker = new URL('../../electron/history/worker.ts', import.meta.url);
const { history, setAside, unwritable } = await openHistory(order.dir, worker);
const media = new MediaStore(order.dir, backoff);
await media.open();
const files = new InputFiles({ history, media });
say({ type: 'opened', setAside, unwritable });

// As in the app, where nothing stands between.
const transport = createTransport({ waysTo: () => Promise.resolve([DIRECT]) });
const hosts = (name: string): string => `${order.url}/${name}`;
const connection = {
  hosts: {
    queue: hosts('queue'),
    run: hosts('run'),
    ws: hosts('ws').replace('http:', 'ws:'),
    rest: hosts('rest'),
    api: hosts('api'),
    cdn: hosts('cdn'),
    site: hosts('site'),
  },
  credentials: () => 'demo:demo',
  ...transport,
  backoff,
  pollInterval: 20,
  userAgent: 'soak/0',
};

let mayEnd = false;
let ended = false;
const runs: RunService = new RunService({
  history,
  media,
  files,
  fetch: transport.fetch,
  activeProfile: () => 'local',
  connection: () => Promise.resolve(ok(connection)),
  isOwnAddress: () => true,
  money: UNRECKONED,
  // Fewer than are started: the others wait for their turn.
  most: 2,
  changed: (run) => {
    say({ type: 'told', endpoint: run.endpointId, state: run.state.kind });
    cancelInTime(run);
    void endWhenOver();
  },
  partial: () => undefined,
  logged: (id, entries) => say({ type: 'logged', id, lines: entries.map((entry) => entry.message) }),
  notice: (sentence) => say({ type: 'notice', sentence }),
});

function cancelInTime(run: Run): void {
  if (run.state.kind === order.cancelOn && run.endpointId === order.endpoints[0]) void runs.cancel(run.id);
}

async function endWhenOver(): Promise<void> {
  if (ended || !mayEnd || runs.live().length > 0) return;
  // A row that is under way without a line would wait for ever: that shows as a round that does not end.
  if ((await history.unfinished()).length > 0 || ended) return;
  ended = true;
  runs.close();
  await history.close();
  say({ type: 'over' });
  // An open input or a kept connection alone would keep the process; the app, too, leaves without waiting for them.
  process.exit();
}

await runs.recover();
// What waits is held after a stop; this person sends it.
await runs.release(runs.live().map(({ id }) => id));
say({ type: 'recovered' });
process.stdin.once('data', () => {
  void runs.recheck().then(() => {
    mayEnd = true;
    return endWhenOver();
  });
});
// All files first, then the runs in their order: the first is the one whose moments count, and must not be the one that waits.
const inputs = await Promise.all(
  order.endpoints.map(async (endpoint) => {
    const added = await files.add({ bytes: Buffer.from(`the file of ${endpoint}`), fileName: 'a.txt' });
    return { endpoint, image_url: added.ok ? mediaReference(added.value.sha256) : null };
  }),
);
await Promise.all(
  inputs.map(async ({ endpoint, image_url }) => {
    const started = await runs.start(endpoint, { tag: endpoint, image_url });
    say({ type: 'started', endpoint, accepted: started.ok });
  }),
);
