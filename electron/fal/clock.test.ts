import { expect, test } from 'vitest';
import { SYSTEM_CLOCK, Silence, limitOf } from './clock.ts';
import { connectionTo, idOf, json, never, serve } from './fal.fixture.ts';
import { status } from './queue.ts';

test('a limit ends as a time-out does', async () => {
  const limit = limitOf(SYSTEM_CLOCK, 1);
  await new Promise((resolve) => limit.addEventListener('abort', resolve));
  expect(limit.reason).toMatchObject({ name: 'TimeoutError' });
});

test('silence is broken by any life, and is over when it is ended', () => {
  const waiting = new Set<() => void>();
  const clock = {
    ...SYSTEM_CLOCK,
    after: (_ms: number, then: () => void) => {
      waiting.add(then);
      return () => void waiting.delete(then);
    },
  };
  const pass = (): void => waiting.forEach((then) => then());
  const silence = new Silence(clock, 60_000);
  silence.alive();
  expect(waiting.size).toBe(1);
  silence.end();
  pass();
  expect(silence.signal.aborted).toBe(false);
  const dead = new Silence(clock, 60_000);
  pass();
  expect(dead.signal.reason).toMatchObject({ message: 'nothing came for 60 s' });
});

test('a read that is left without an answer is given up and asked again', async () => {
  const limits: number[] = [];
  const server = await serve((response) => {
    if (server.seen.length > 1) json(response, 202, { status: 'IN_PROGRESS' });
  });
  const clock = {
    ...SYSTEM_CLOCK,
    after: (ms: number, then: () => void) => {
      limits.push(ms);
      // The first runs out; those after it would, in two minutes.
      return SYSTEM_CLOCK.after(limits.length === 1 ? 100 : ms, then);
    },
  };
  const connection = connectionTo(server.hosts, { clock });
  expect(await status(connection, idOf('acme/bird'), 'r-1', never())).toMatchObject({ ok: true });
  expect(limits[0]).toBe(120_000);
  expect(server.seen.length).toBe(2);
});
