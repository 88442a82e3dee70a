import { openLive } from '../bench/built-app.ts';
import { PUSH_ID } from '../local-fal/ring.ts';
import { leftOver } from '../soak/left-over.ts';
import { anotherSession, startStream } from '../soak/live-stream.ts';
import { MemoryProbe } from '../soak/memory-probe.ts';
import { expect, test } from './app.ts';

const env = { FAL_KEY: 'demo:demo' };
const SESSIONS = 6;

// `npm run soak` looks at the memory of one session over ten minutes.
test('sessions that were left leave no port, listener or socket behind', async ({ launch, startFal }) => {
  test.setTimeout(360_000);
  const fal = await startFal({ ring: true });
  const { app, page, ui } = await launch({ fal, env });
  await openLive(ui, PUSH_ID);
  const probe = await MemoryProbe.on(app, page);
  await startStream(ui);
  for (let i = 0; i < 2; i += 1) await anotherSession(ui);
  const before = await probe.look();
  for (let i = 0; i < SESSIONS; i += 1) await anotherSession(ui);
  expect(leftOver(before, await probe.look(), SESSIONS)).toEqual([]);
  // The one in sight.
  await expect.poll(() => fal.live().sessions.filter(({ closed }) => closed === null).length).toBe(1);
});
