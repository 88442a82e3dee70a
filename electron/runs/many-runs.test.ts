import { expect, test } from 'vitest';
import { isJson, isJsonObject } from '../../shared/json.ts';
import { ok } from '../../shared/result.ts';
import { Random } from '../../test/soak/random.ts';
import { connectionTo, model, refusal, startFal, value } from '../fal/fal.fixture.ts';
import { stage } from './runs.fixture.ts';

const COUNT = 50;

/** What may befall calls on their way, each so often; the numbers are chance's. */
const PASSING = [
  'submit-429',
  'submit-503',
  'status-500',
  'status-503-gateway',
  'status-cut',
  'status-malformed',
  'events-502',
  'events-cut',
  'events-lost',
  'result-502',
  'result-503-gateway',
  'result-cut',
  'result-lost',
] as const;

test.each([1, 2, 3])(
  '50 runs at once, chance of seed %i against them: each ends as it should and ran once',
  async (seed) => {
    const random = new Random(seed);
    const faults = PASSING.filter(() => random.chance(0.6)).map((name) => `${name}:${1 + random.below(12)}`);
    // Taken, and its answer lost; and never taken at all.
    faults.push(`drop-submit:${1 + random.below(4)}`, `submit-lost:${1 + random.below(2)}`);
    const ran: unknown[] = [];
    const noteOf = (input: unknown): unknown => {
      const n = isJson(input) && isJsonObject(input) ? input['n'] : null;
      ran.push(n);
      return n;
    };
    const fal = await startFal({
      faults,
      extraModels: [
        model('acme/bird', (input) => ({ n: noteOf(input) })),
        model('acme/stone', (input) => {
          noteOf(input);
          throw refusal(422, { detail: 'Stones do not fly' });
        }),
      ],
    });
    const on = await stage(fal.hosts, {
      most: COUNT,
      // So many submits in a row may meet a refusal.
      connection: () =>
        Promise.resolve(ok(connectionTo(fal.hosts, { backoff: { tries: 20, base: 1, cap: 2 } }))),
    });
    const started = await Promise.all(
      Array.from({ length: COUNT }, async (_, n) => {
        const fails = random.chance(0.2);
        const run = value(await on.service.start(fails ? 'acme/stone' : 'acme/bird', { n }));
        return { id: run.id, n, fails };
      }),
    );
    const cancelled = new Set(started.filter(() => random.chance(0.1)).map(({ id }) => id));
    await Promise.all([...cancelled].map((id) => on.service.cancel(id)));
    for (const { id } of started) await on.over(id);
    // Two whose answers were lost at the same time cannot be told apart before the others have theirs.
    await on.service.recheck();
    await expect.poll(() => on.service.live(), { timeout: 20_000 }).toEqual([]);

    for (const { id, n, fails } of started) {
      const run = await on.history.run(id);
      const times = ran.filter((one) => one === n).length;
      const kind = run?.state.kind;
      expect(times, `runs of ${n}`).toBeLessThanOrEqual(1);
      if (cancelled.has(id) && kind === 'cancelled') continue;
      expect([n, kind]).toEqual([n, times === 0 ? 'unconfirmed' : fails ? 'failed' : 'succeeded']);
      expect(run?.output).toEqual(kind === 'succeeded' ? { n } : null);
    }
    const states = new Map(
      (await on.history.page({ before: null, limit: 200, endpointId: null })).runs.map((run) => [
        run.id,
        run.state.kind,
      ]),
    );
    expect(states.size).toBe(COUNT);
    expect([...states.values()].filter((kind) => kind === 'unconfirmed').length).toBeLessThanOrEqual(2);
    expect(on.notices).toEqual([]);
  },
  90_000,
);
