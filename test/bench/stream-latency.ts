import { inOwnThread } from './own-thread.ts';
import type { Bench } from './row.ts';
import { startRingServer } from './server.ts';
import { inTurns, median, rounded } from './statistics.ts';

const ROUNDS = 20;
/** Gaps grow, so that no timer of a client's keeps step with them. */
const INPUT = { events: 20, gap: 3, more: 1.3 };
/** Milliseconds over what a socket reads. */
const GOAL = 2;
const SOONER = 8;

const worker = new URL('./clock-worker.ts', import.meta.url);

/** From the server's write to the client's event, by its steady clock, which all processes share. */
export const streamLatency: Bench = {
  name: 'stream',
  run: async (say) => {
    const server = await startRingServer();
    const { hosts } = server;
    const thread = (work: string) => inOwnThread(worker, { work, hosts, inputs: [INPUT] });
    const [ours, official, limit] = [thread('stream-ours'), thread('stream-official'), thread('stream-bare')];
    try {
      // The first of each is the compiler's.
      for (const { measure } of [ours, official, limit]) await measure();
      const taken = await inTurns(
        ROUNDS,
        { ours: ours.measure, official: official.measure, limit: limit.measure },
        (round) => {
          if ((round + 1) % 10 === 0) say(`stream: ${round + 1} of ${ROUNDS} rounds`);
        },
      );
      const [own, theirs, bare] = [median(taken.ours), median(taken.official), median(taken.limit)];
      return [
        {
          name: 'stream',
          unit: 'ms p50',
          ours: rounded(own),
          official: rounded(theirs),
          limit: rounded(bare),
          goal: `<= limit + ${GOAL}, <= official / ${SOONER}`,
          met: own <= bare + GOAL && own <= theirs / SOONER,
        },
      ];
    } finally {
      for (const each of [ours, official, limit]) await each.end();
      await server.close();
    }
  },
};
