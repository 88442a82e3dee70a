import { openLive } from '../bench/built-app.ts';
import { PUSH_ID } from '../local-fal/ring.ts';
import { leftOver } from '../soak/left-over.ts';
import { anotherSession, startStream, untilFrame } from '../soak/live-stream.ts';
import { MemoryProbe } from '../soak/memory-probe.ts';
import { expect, test } from './app.ts';

const env = { FAL_KEY: 'demo:demo' };
/** Half a minute at 60 a second; kept, they would be 72 MB more at the end than at the first look. */
const [FIRST_LOOK, LAST_LOOK] = [600, 1800];
const MOST_GROWN = 24e6;
const SESSIONS = 6;

// `npm run soak` goes on for ten minutes, and watches the slope.
test('half a minute of 60 frames a second leaves nothing behind in main or in the page', async ({
  launch,
  startFal,
}) => {
  // The frames may have to be made first, and a busy machine paints fewer but is sent as many.
  test.setTimeout(360_000);
  const fal = await startFal({ ring: true });
  const { app, page, ui } = await launch({ fal, env });
  await openLive(ui, PUSH_ID);
  const probe = await MemoryProbe.on(app, page);
  await startStream(ui);
  await untilFrame(page, FIRST_LOOK);
  const before = await probe.look();
  await untilFrame(page, LAST_LOOK);
  const after = await probe.look();
  expect(after.main.heap + after.main.external).toBeLessThan(
    before.main.heap + before.main.external + MOST_GROWN,
  );
  expect(after.page.heap).toBeLessThan(before.page.heap + MOST_GROWN);
  expect(after.page.bitmapsMade).toBeGreaterThan(before.page.bitmapsMade);
  expect(after.page.bitmapsOpen).toBeLessThanOrEqual(2);
});

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
