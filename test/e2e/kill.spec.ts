import { LONG } from '../../playwright.config.ts';
import { expect, test } from './app.ts';
import type { Opened } from './app.ts';
import { startMuteServer } from './mute-server.ts';

const env = { FAL_KEY: 'demo:demo' };
/** A page outlives its main process for a moment, and says what broke. */
const killed = { allowFaults: true };

/** The process dies between two instructions; nothing of ours runs any more. */
async function kill({ app }: Opened): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  app.process().once('exit', () => resolve());
  app.process().kill('SIGKILL');
  await promise;
}

const HELD = [
  { state: 'in the queue', fault: 'hold:queued', says: /queue/i },
  { state: 'while it runs', fault: 'hold:running', says: 'Running' },
] as const;

for (const { state, fault, says } of HELD) {
  test(`killed ${state}, the run is taken up at the next start and sent once`, async ({
    launch,
    startFal,
  }) => {
    const fal = await startFal({ faults: [fault] });
    const first = await launch({ fal, env, ...killed });
    await first.ui.prompt.fill('a hill that outlives its window');
    await first.ui.run();
    await expect(first.ui.status).toHaveText(says);
    await kill(first);

    const second = await launch({ fal, env });
    await expect(second.page.getByText('1 running')).toBeVisible();
    await expect(second.ui.status).toHaveText(says);
    fal.setFaults([]);
    await second.ui.done();
    expect((await second.ui.decodedSize(second.ui.picture)).width).toBe(1024);
    expect(fal.requests().filter((request) => request.method === 'POST')).toHaveLength(1);
  });
}

test(
  'killed while the file is copied, it is copied whole at the next start',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ faults: ['drop-mid-body:always', 'slow:1500'] });
    const first = await launch({ fal, env, ...killed });
    await first.ui.prompt.fill('a hill in two halves');
    await first.ui.run();
    await expect(first.ui.status).toHaveText('Copying the file', { timeout: 30_000 });
    await kill(first);

    fal.setFaults([]);
    const second = await launch({ fal, env });
    await second.ui.done();
    expect((await second.ui.decodedSize(second.ui.picture)).width).toBe(1024);
    expect(fal.requests().filter((request) => request.method === 'POST')).toHaveLength(1);
  },
);

test('killed before fal answered the submit, the run is unconfirmed and not sent again', async ({
  launch,
}) => {
  const server = await startMuteServer('say nothing');
  const options = { args: [`--hosts=${server.url}`], env };
  const first = await launch({ ...options, ...killed });
  await first.ui.writeJson({ prompt: 'did it arrive?' });
  await first.ui.run();
  await expect(first.ui.status).toHaveText('Sending');
  await expect.poll(server.submits).toBe(1);
  await kill(first);

  const second = await launch(options);
  await expect(second.ui.status).toHaveText('Unconfirmed');
  const card = second.ui.result.getByRole('alert');
  await expect(card).toContainText('not sent again');
  await expect(card).toContainText('paid for twice');
  expect(server.submits()).toBe(1);

  // Only the person sends it again, as a run of its own; the old one stays what it is.
  await card.getByRole('button', { name: 'Send again' }).click();
  await expect(second.ui.status).toHaveText('Sending');
  await expect.poll(server.submits).toBe(2);
  await second.ui.go('History');
  await second.page
    .getByRole('button', { name: /did it arrive/ })
    .last()
    .click();
  const old = second.page.getByRole('region', { name: 'Run', exact: true });
  await expect(old.getByRole('alert')).toContainText('paid for twice');
  await expect(old.getByRole('button', { name: 'Open as request' })).toBeVisible();
  await second.close();
  server.close();
});

test(
  'a run that fal does not know any more says so, and can be run again',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const before = await startFal({ faults: ['hold:running'] });
    const first = await launch({ fal: before, env, ...killed });
    await first.ui.prompt.fill('a hill that was forgotten');
    await first.ui.run();
    await expect(first.ui.status).toHaveText('Running');
    await kill(first);
    const port = Number(new URL(before.url).port);
    await before.close();

    const fal = await startFal({ port });
    const second = await launch({ fal, env });
    await expect(second.ui.status).toHaveText('Lost');
    expect(fal.requests().filter((request) => request.method === 'POST')).toHaveLength(0);
    await second.ui.result.getByRole('button', { name: 'Run again' }).click();
    await second.ui.done();
    expect(fal.requests().filter((request) => request.method === 'POST')).toHaveLength(1);
  },
);
