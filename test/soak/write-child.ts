import { PLAIN } from '../../shared/runs/asked.ts';
import { openHistory } from '../../electron/history/history.ts';
import type { Run } from '../../shared/runs/run.ts';

/** Writes a thousand rows and their logs, and says each id once it is acknowledged; for a test that kills it meanwhile. */

const [dir = ''] = process.argv.slice(2);
const worker = new URL('../../electron/history/worker.ts', import.meta.url);
const { history } = await openHistory(dir, worker);

async function write(n: number): Promise<void> {
  const id = await history.newId(1_000_000);
  const run: Run = {
    id,
    endpointId: 'acme/bird',
    profileId: 'local',
    origin: 'queue',
    ...PLAIN,
    requestId: `r-${n}`,
    input: { prompt: 'x'.repeat(n % 5000) },
    output: null,
    media: [],
    times: {
      created: 1000,
      submitted: null,
      queued: null,
      started: null,
      ended: null,
      inferenceSeconds: null,
    },
    state: { kind: 'running', trouble: null },
  };
  await history.putRun(run);
  await history.addLogs(id, [{ level: 'INFO', message: `line of ${id}`, timestamp: 't' }]);
  process.stdout.write(`${id}\n`);
}

// Several at a time, as the runs of a batch do.
let next = 0;
await Promise.all(
  Array.from({ length: 8 }, async () => {
    for (; next < 1000;) {
      next += 1;
      await write(next);
    }
  }),
);
