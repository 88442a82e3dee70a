import { RING_ID } from '../local-fal/ring.ts';
import { inOwnThread } from './own-thread.ts';
import type { Bench } from './row.ts';
import { startRingServer } from './server.ts';
import { inTurns, median, rounded } from './statistics.ts';

/** Many short rounds: what else the machine does falls on all three alike. */
const ROUNDS = 200;

const worker = new URL('./live-socket-worker.ts', import.meta.url);

/** Frames a second through each client alone, one input in flight, values stepping. */
export const liveSocket: Bench = {
  name: 'live-socket',
  run: async (say) => {
    const server = await startRingServer();
    const { hosts } = server;
    // Threads of their own, or one's garbage would be collected on another's time.
    const [ours, official, limit] = [
      inOwnThread(worker, { client: 'ours', hosts, endpointId: RING_ID }),
      inOwnThread(worker, { client: 'official', hosts, endpointId: RING_ID }),
      inOwnThread(worker, { client: 'bare', hosts, endpointId: RING_ID }),
    ];
    try {
      const taken = await inTurns(
        ROUNDS,
        { ours: ours.measure, official: official.measure, limit: limit.measure },
        (round) => {
          if ((round + 1) % 50 === 0) say(`live-socket: ${round + 1} of ${ROUNDS} rounds`);
        },
      );
      const rates = {
        ours: median(taken.ours),
        official: median(taken.official),
        limit: median(taken.limit),
      };
      return [
        {
          name: 'live-socket',
          unit: 'frames a second',
          ours: rounded(rates.ours),
          official: rounded(rates.official),
          limit: rounded(rates.limit),
          goal: '>= 0.9 x limit',
          met: rates.ours >= 0.9 * rates.limit,
        },
      ];
    } finally {
      for (const thread of [ours, official, limit]) await thread.end();
      await server.close();
    }
  },
};
