import { LONG } from '../../playwright.config.ts';
import { expect } from './app.ts';
import { fixtureModel } from './fixture-model.ts';
import { KeySettings } from './key-settings.ts';
import { haveKeyring, test } from './keyring.ts';

const KEY = 'first-id:first-secret';
const OTHER = 'second-id:second-secret';

test('a key is tested, stored, in use, and runs go out with it', async ({ launch, startFal }) => {
  const fal = await startFal({ key: KEY });
  const { ui, page } = await launch({ fal });
  await ui.go('Settings');
  const keys = new KeySettings(page);
  await expect(keys.names).toHaveText(['Local server', 'Demo']);
  await expect(keys.section).toContainText(`Local server ${fal.url}`);
  await keys.add('work', `  ${KEY}\n`);
  await expect(keys.outcome).toHaveText(/local server accepts “work”. It is in use from now on/);
  await expect(keys.box).toHaveValue('');
  await expect(keys.names).toHaveText(['work', 'Demo']);
  await expect(keys.inUse('work')).toBeVisible();
  await page.getByRole('button', { name: 'Profile: work' }).click();
  await expect(page.getByRole('menu')).toContainText(`Local server ${fal.url}`);
  await page.keyboard.press('Escape');
  await ui.go('Playground');
  await ui.prompt.fill('a hill');
  await ui.run();
  await ui.done();
  expect(fal.requests().filter((request) => request.method === 'POST')).toMatchObject([{ authorized: true }]);
});

test('a wrong key is refused in the server’s own words, and nothing is stored', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ key: KEY });
  const { ui, page } = await launch({ fal });
  await ui.go('Settings');
  const keys = new KeySettings(page);
  await keys.add('work', OTHER);
  await expect(keys.outcome).toContainText('fal did not accept the key');
  await expect(keys.outcome).toContainText('no key with this id and secret was found');
  await expect(keys.outcome).toContainText('Nothing was stored');
  await expect(keys.box).toHaveValue('');
  await expect(keys.box).toBeFocused();
  await expect(keys.names).toHaveText(['Local server', 'Demo']);
});

test('a malformed key is said before anything is sent', async ({ launch, startFal }) => {
  const fal = await startFal({ key: KEY });
  const { ui, page } = await launch({ fal });
  await ui.go('Settings');
  const keys = new KeySettings(page);
  for (const [typed, says] of [
    ['', 'There is no key in the box'],
    ['two words', 'A key has no spaces in it'],
    ['schlüssel:ä', 'This holds characters that no key has'],
  ] as const) {
    await keys.add('work', typed);
    await expect(keys.outcome).toContainText(says);
    await expect(keys.outcome).toContainText('Nothing was sent or stored');
  }
  await expect(keys.names).toHaveText(['Local server', 'Demo']);
  // The window reads the models meanwhile, without any key.
  expect(fal.requests().filter(({ authorization }) => authorization !== 'none')).toEqual([]);
});

test(
  'with the server away it is stored untested, and tested when it is taken into use',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ key: KEY });
    const { ui, page } = await launch({ fal, allowFaults: true });
    await fal.close();
    await ui.go('Settings');
    const keys = new KeySettings(page);
    await keys.add('', KEY);
    await expect(keys.outcome).toContainText('“fal” is stored and not tested yet');
    await expect(keys.row('fal')).toContainText('not tested yet');
    await startFal({ key: KEY, port: Number(new URL(fal.url).port) });
    await keys.use('Demo');
    await keys.use('fal');
    await expect(keys.row('fal')).not.toContainText('not tested yet');
  },
);

test('two keys: switched, renamed, replaced, removed; the draft stays, and each run takes the key in use', async ({
  launch,
  startFal,
}) => {
  const first = await startFal({ key: KEY });
  const { ui, page } = await launch({ fal: first });
  const keys = new KeySettings(page);
  await ui.prompt.fill('one draft for all keys');
  await ui.go('Settings');
  await keys.add('work', KEY);
  await expect(keys.inUse('work')).toBeVisible();
  // The same place, and another account behind it.
  const port = Number(new URL(first.url).port);
  await first.close();
  const second = await startFal({ key: OTHER, port });
  await keys.add('work', OTHER);
  await expect(keys.names).toHaveText(['work', 'work 2', 'Demo']);
  await expect(keys.inUse('work 2')).toBeVisible();

  const use = async (name: string): Promise<void> => {
    await page.getByRole('button', { name: /^Profile:/ }).click();
    await page.getByRole('menuitemradio', { name, exact: true }).click();
    await expect(page.getByRole('button', { name: `Profile: ${name} · local server` })).toBeVisible();
  };
  await ui.go('Playground');
  await use('work');
  await expect(ui.prompt).toHaveValue('one draft for all keys');
  await ui.run();
  await expect(ui.result.getByRole('alert')).toContainText('fal did not accept the key');
  await use('work 2');
  await expect(ui.prompt).toHaveValue('one draft for all keys');
  await ui.run();
  await ui.done();
  expect(
    second
      .requests()
      .filter(({ method }) => method === 'POST')
      .map(({ authorized }) => authorized),
  ).toEqual([false, true]);

  await ui.go('Settings');
  await keys.rename('work 2', 'home');
  await expect(keys.names).toHaveText(['work', 'home', 'Demo']);
  await expect(keys.row('home').getByRole('button', { name: 'Rename home' })).toBeFocused();

  const refused = await keys.replace('work', KEY);
  await expect(refused.getByRole('status')).toContainText('no key with this id and secret');
  await page.keyboard.press('Escape');
  await expect(keys.row('work').getByRole('button', { name: 'Replace the key of work' })).toBeFocused();
  await keys.replace('work', OTHER);
  await expect(page.getByText('“work” has a new key')).toBeVisible();
  await expect(keys.inUse('home')).toBeVisible();

  const remove = keys.row('home').getByRole('button', { name: 'Remove home' });
  await remove.click();
  await expect(keys.row('home').getByRole('group')).toContainText('At fal the key stays valid');
  await keys.row('home').getByRole('button', { name: 'Keep it' }).click();
  await expect(remove).toBeFocused();
  await keys.remove('home');
  await expect(keys.names).toHaveText(['work', 'Demo']);
  await expect(keys.section.getByRole('heading', { name: 'Keys' })).toBeFocused();
  await expect(keys.inUse('work')).toBeVisible();
  await ui.go('Playground');
  await ui.run();
  await ui.done();
});

test('the environment’s key is used and cannot be changed here', async ({ launch, startFal }) => {
  const fal = await startFal({ key: KEY });
  const { ui, page } = await launch({ fal, env: { FAL_KEY: KEY } });
  await ui.go('Settings');
  const keys = new KeySettings(page);
  await expect(keys.names).toHaveText(['Environment', 'Demo']);
  await expect(keys.row('Environment')).toContainText('From FAL_KEY');
  await expect(keys.row('Environment').getByRole('button')).toHaveText(['In use']);
});

test('without a keyring a key ends with the app; the window says why, and takes it again', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ key: KEY });
  const first = await launch({ fal });
  await first.ui.go('Settings');
  const before = new KeySettings(first.page);
  await expect(before.section).toContainText(/no system keyring; keys are kept until the app quits/);
  await before.add('work', KEY);
  await expect(before.inUse('work')).toBeVisible();
  await first.close();

  const { ui, page } = await launch({ fal });
  await expect(ui.request.getByText('Enter the key again')).toBeVisible();
  await ui.go('Settings');
  const keys = new KeySettings(page);
  await expect(keys.row('work')).toContainText('it was kept until the app quit');
  await keys.row('work').getByRole('button', { name: 'Enter the key again' }).click();
  await page.keyboard.type(KEY);
  await page.keyboard.press('Enter');
  await expect(keys.row('work')).toContainText('Added');
  await ui.go('Playground');
  await ui.prompt.fill('a hill');
  await ui.run();
  await ui.done();
});

test(
  'another key while a schema is read leaves no form waiting for ever',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ key: KEY, extraModels: [fixtureModel()] });
    const { ui, page } = await launch({ fal, env: { FAL_KEY: KEY } });
    await ui.go('Settings');
    await new KeySettings(page).add('work', KEY);
    await expect(page.getByRole('button', { name: /^Profile: work/ })).toBeVisible();
    await ui.go('Playground');
    await expect(ui.prompt).toBeVisible();
    fal.setFaults(['slow:2500']);
    await ui.pickModel('picky', 'test/picky');
    await page.getByRole('button', { name: /^Profile:/ }).click();
    await page.getByRole('menuitemradio', { name: /Environment/ }).click();
    await expect(page.getByRole('button', { name: /^Profile: Environment/ })).toBeVisible();
    await expect(ui.request.locator('[data-field="shapes"]')).toBeVisible();
  },
);

test(
  'a run whose key was removed says so after a restart, and goes on when the key is added again',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ key: KEY, faults: ['hold:running'] });
    const first = await launch({ fal });
    await first.ui.go('Settings');
    const before = new KeySettings(first.page);
    await before.add('work', KEY);
    await expect(first.page.getByRole('button', { name: /^Profile: work/ })).toBeVisible();
    await first.ui.go('Playground');
    await first.ui.prompt.fill('a long hill');
    await first.ui.run();
    await expect(first.ui.status).toHaveText('Running');
    await first.ui.go('Settings');
    await before.remove('work');
    await expect(before.names).toHaveText(['Local server', 'Demo']);
    await first.close();

    const { ui, page } = await launch({ fal });
    await expect(ui.result.getByText('The key of this run was removed.')).toContainText(
      'Add it again as “work” to follow the run.',
    );
    await ui.result.getByRole('button', { name: 'Cancel' }).click();
    const toast = page.getByRole('alert').filter({ hasText: 'The cancel could not be sent to fal' });
    await expect(toast).toContainText('Add it again as “work” to follow the run. The run itself goes on.');
    fal.setFaults([]);
    await ui.go('Settings');
    await new KeySettings(page).add('work', KEY);
    await ui.go('Playground');
    await ui.done();
  },
);

test(
  'sent again with another key than its own, a run says with which',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ faults: ['drop-submit', 'requests-403'] });
    const { ui, page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' }, allowFaults: true });
    await ui.prompt.fill('who pays for it');
    await ui.run();
    const card = ui.result.getByRole('alert');
    await expect(card.getByRole('button', { name: 'Send again', exact: true })).toBeVisible();
    await ui.go('Settings');
    await new KeySettings(page).add('work', 'demo:demo');
    await expect(page.getByRole('button', { name: /^Profile: work/ })).toBeVisible();
    await ui.go('Playground');
    await expect(card.getByRole('button', { name: 'Send again', exact: true })).toHaveCount(0);
    await card.getByRole('button', { name: 'Send again with work', exact: true }).click();
    await ui.done();
    const profiles = await page.evaluate(async () => {
      const query = { before: null, limit: 10, endpointId: null };
      const answer = await window.playground.commands['runs.page'](query);
      return answer.ok ? answer.value.runs.map(({ profileId }) => profileId.replace(/:.*/, '')) : [];
    });
    expect(profiles).toEqual(['key', 'local']);
  },
);

test.describe('with a keyring', () => {
  test.skip(!haveKeyring, 'Needs gnome-keyring, dbus-daemon and a built keytar.');

  test('keys stay over a restart; closed, the ring is asked for nothing and the window says what to do', async ({
    launch,
    startFal,
    keyring,
  }) => {
    const fal = await startFal({ key: KEY });
    const env = await keyring.unlocked();
    const first = await launch({ fal, env });
    await first.ui.go('Settings');
    const before = new KeySettings(first.page);
    await expect(before.section).toContainText('Keys are kept in the system keyring.');
    await before.add('work', KEY);
    await expect(before.inUse('work')).toBeVisible();
    await first.close();

    const second = await launch({ fal, env });
    await second.ui.prompt.fill('a hill that was expected');
    await second.ui.run();
    await second.ui.done();
    await second.close();

    const third = await launch({ fal, env: await keyring.locked() });
    await third.ui.go('Settings');
    const keys = new KeySettings(third.page);
    await expect(keys.row('work')).toContainText('the system keyring, which is locked');
    await expect(keys.section).toContainText('keys are kept until the app quits');
    await keys.row('work').getByRole('button', { name: 'Enter the key again' }).click();
    await third.page.keyboard.type(KEY);
    await third.page.keyboard.press('Enter');
    await expect(keys.row('work')).toContainText('Added');
  });
});
