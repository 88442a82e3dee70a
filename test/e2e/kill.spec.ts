import { expect, test } from './app.ts';
import type { Opened } from './app.ts';
import { startMuteServer } from './mute-server.ts';

const env = { FAL_KEY: 'demo:demo' };

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
    const first = await launch({ fal, env });
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

test('killed while the file is copied, it is copied whole at the next start', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ faults: ['drop-mid-body:always', 'slow:1500'] });
  const first = await launch({ fal, env });
  await first.ui.prompt.fill('a hill in two halves');
  await first.ui.run();
  await expect(first.ui.status).toHaveText('Copying the file', { timeout: 30_000 });
  await kill(first);

  fal.setFaults([]);
  const second = await launch({ fal, env });
  await second.ui.done();
  expect((await second.ui.decodedSize(second.ui.picture)).width).toBe(1024);
  expect(fal.requests().filter((request) => request.method === 'POST')).toHaveLength(1);
});

test('killed before fal answered the submit, the run is unconfirmed and not sent again', async ({
  launch,
}) => {
  const server = await startMuteServer('say nothing');
  const options = { args: [`--hosts=${server.url}`], env };
  const first = await launch(options);
  await first.ui.writeJson({ prompt: 'did it arrive?' });
  await first.ui.run();
  await expect(first.ui.status).toHaveText('Sending');
  await expect.poll(server.submits).toBe(1);
  await kill(first);

  const second = await launch(options);
  await expect(second.ui.status).toHaveText('Unconfirmed');
  await expect(second.ui.result.getByRole('alert')).toContainText('not sent again');
  expect(server.submits()).toBe(1);
  server.close();
});
