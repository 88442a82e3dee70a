import type { Page } from '@playwright/test';
import * as z from 'zod';
import type { PlaygroundApi } from '../../shared/ipc/contract.ts';
import { CLOCK_ID } from '../local-fal/clock.ts';
import { openBuiltApp } from './built-app.ts';
import { inOwnThread } from './own-thread.ts';
import type { Bench } from './row.ts';
import { startRingServer } from './server.ts';
import { inTurns, median, rounded } from './statistics.ts';

declare global {
  interface Window {
    readonly playground: PlaygroundApi;
  }
}

const ROUNDS = 15;
/** Milliseconds of work, spread over what lies between two looks of a client that polls. */
const INPUTS = Array.from({ length: ROUNDS }, (_, i) => ({ gap: 150 + ((i * 37) % 100) * 5 }));
/** Milliseconds. */
const GOAL = 25;
const SOONER = 10;

const worker = new URL('./clock-worker.ts', import.meta.url);

/**
 * From the moment the work is done on the server to its result: in the app's window, in fal's own client, and where the
 * status stream is read as it comes and the result asked for at once. By the calendar's clock, which the page has too.
 */
export const queueCompletion: Bench = {
  name: 'queue',
  run: async (say) => {
    const server = await startRingServer();
    const { hosts } = server;
    const built = await openBuiltApp(server.url);
    const official = inOwnThread(worker, { work: 'queue-official', hosts, inputs: INPUTS });
    const limit = inOwnThread(worker, { work: 'queue-bare', hosts, inputs: INPUTS });
    try {
      const ours = runsIn(built.page);
      for (const measure of [ours, official.measure, limit.measure]) await measure();
      const taken = await inTurns(
        ROUNDS,
        { ours, official: official.measure, limit: limit.measure },
        (round) => {
          if ((round + 1) % 5 === 0) say(`queue on ${built.on}: ${round + 1} of ${ROUNDS} rounds`);
        },
      );
      const [own, theirs, bare] = [median(taken.ours), median(taken.official), median(taken.limit)];
      return [
        {
          name: 'queue',
          unit: 'ms p50',
          ours: rounded(own),
          official: rounded(theirs),
          limit: rounded(bare),
          goal: `<= ${GOAL}, <= official / ${SOONER}`,
          met: own <= GOAL && own <= theirs / SOONER,
        },
      ];
    } finally {
      for (const each of [official, limit]) await each.end();
      await built.close();
      await server.close();
    }
  },
};

/** Runs of the app, asked for in its own page: when the result is there. */
function runsIn(page: Page): () => Promise<readonly number[]> {
  let round = 0;
  return async () => {
    const input = INPUTS[round % INPUTS.length] ?? {};
    round += 1;
    const taken: unknown = await page.evaluate(runOnce, { endpointId: CLOCK_ID, input });
    return [z.number().parse(taken)];
  };
}

/** Runs in the page. */
async function runOnce(asked: {
  readonly endpointId: string;
  readonly input: Readonly<Record<string, number>>;
}): Promise<number> {
  const { commands, events } = window.playground;
  const profiles = await commands['profiles.list'](null);
  if (!profiles.ok) throw new Error(profiles.error.title);
  const done = new Promise<number>((resolve, reject) => {
    const end = events['runs.changed'](({ endpointId, state, output }) => {
      if (endpointId !== asked.endpointId) return;
      if (state.kind === 'failed') reject(new Error(state.error.title));
      if (state.kind !== 'succeeded') return;
      const at = Date.now();
      end();
      const wall: unknown =
        typeof output === 'object' && output !== null ? Reflect.get(output, 'wall') : null;
      resolve(at - Number(wall));
    });
  });
  const started = await commands['runs.start']({
    ...asked,
    profileId: profiles.value.active,
    method: 'queue',
    options: {},
    overLimit: false,
  });
  if (!started.ok) throw new Error(started.error.title);
  return done;
}
