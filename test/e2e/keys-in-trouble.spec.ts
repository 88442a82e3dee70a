import { startMuteBus } from '../keyring/private-bus.ts';
import { expect, test } from './app.ts';
import { KeySettings } from './key-settings.ts';
import { haveKeyring } from './keyring.ts';

const KEY = 'first-id:first-secret';
const OTHER = 'second-id:second-secret';

for (const speaks of ['never', 'until-let-in'] as const)
  test(`a session bus that accepts and says nothing (${speaks}): said within 5 s, and a key still serves this session`, async ({
    launch,
    startFal,
  }) => {
    test.skip(!haveKeyring, 'Needs Linux and a built keytar.');
    const bus = await startMuteBus(speaks);
    const fal = await startFal({ key: KEY });
    const address = bus.environment['DBUS_SESSION_BUS_ADDRESS'] ?? '';
    const { ui, page, close } = await launch({ fal, env: { DBUS_SESSION_BUS_ADDRESS: address } });
    await ui.go('Settings');
    const keys = new KeySettings(page);
    await expect(keys.section).toContainText(
      'The system keyring does not answer; keys are kept until the app quits.',
      { timeout: 5000 },
    );
    await keys.add('work', KEY);
    await expect(keys.inUse('work')).toBeVisible();
    await ui.go('Playground');
    await ui.prompt.fill('a hill that waits for nobody');
    await ui.run();
    await ui.done();
    // Nor does a call that hangs in the bus keep the app from ending.
    await close();
    bus.close();
  });

test('a key revoked in mid-run: the run says so and waits, and ends under a new key, sent once', async ({
  launch,
  startFal,
}) => {
  const valid = { key: KEY };
  const fal = await startFal({ key: () => valid.key, faults: ['hold:running', 'no-status-stream'] });
  const { ui, page } = await launch({ fal, allowFaults: true });
  await ui.go('Settings');
  const keys = new KeySettings(page);
  await keys.add('work', KEY);
  await expect(page.getByRole('button', { name: /^Profile: work/ })).toBeVisible();
  await ui.go('Playground');
  await ui.prompt.fill('a hill between two keys');
  await ui.run();
  await expect(ui.status).toHaveText('Running');

  valid.key = OTHER;
  const trouble = ui.result.getByText('fal did not accept the key.');
  await expect(trouble).toContainText('Check it in Settings; the run goes on at fal.');
  fal.setFaults(['no-status-stream']);
  await expect(ui.status).toHaveText('Running');

  await ui.go('Settings');
  await keys.replace('work', OTHER);
  await expect(page.getByText('“work” has a new key')).toBeVisible();
  await ui.go('Playground');
  await ui.done();
  expect((await ui.decodedSize(ui.picture)).width).toBe(1024);
  expect(fal.requests().filter(({ method }) => method === 'POST')).toHaveLength(1);
});
