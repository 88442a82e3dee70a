import { ringModels, RING_ID } from '../local-fal/ring.ts';
import { expect, test } from './app.ts';
import { chooseTheme, expectClean } from './clean.ts';
import { browsedModels } from './browsed-models.ts';
import { Browser } from './browser.ts';
import { FileInput, PICTURE, TEXT } from './file-input.ts';
import { KeySettings } from './key-settings.ts';
import { LiveScreen } from './live-screen.ts';
import { lookingModel } from './looking-model.ts';

test('every screen and state is clean for axe', async ({ launch }) => {
  const { page, ui } = await launch();
  await ui.go('Settings');
  await chooseTheme(page, 'Light');
  await chooseTheme(page, 'Dark');
  await expectClean(page, 'settings');
  await ui.go('History');
  await expectClean(page, 'empty history');
  await ui.go('Playground');
  await expectClean(page, 'playground before the first run');
  await ui.request.getByRole('button', { name: /\d+ more/ }).click();
  await ui.run();
  await expectClean(page, 'a refused form, unfolded');
  await ui.prompt.fill('hills in autumn');
  await ui.run();
  await expect(ui.status).toHaveText('Running');
  await expectClean(page, 'a run under way');
  await ui.done();
  await expectClean(page, 'a result');
  for (const tab of ['JSON', 'Logs', 'Timing']) {
    await ui.tab(tab);
    await expectClean(page, tab);
  }
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('option')).toHaveCount(3);
  await expectClean(page, 'the model picker');
  await page.keyboard.press('Escape');
  await ui.go('History');
  await page.locator('[data-tile]').first().click();
  await page.keyboard.press('Space');
  await expect(page.getByRole('toolbar', { name: 'Selected runs' })).toBeVisible();
  await expectClean(page, 'the history with a run open and selected');
});

test('a run without an answer is clean for axe, while fal is asked and after', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ faults: ['lose-submit', 'hold:lookup'] });
  const { page, ui } = await launch({ fal, env: { FAL_KEY: 'demo:demo' }, allowFaults: true });
  await ui.prompt.fill('hills in the fog');
  await ui.run();
  await expect(ui.status).toHaveText('Asking fal whether it took the request');
  await expectClean(page, 'fal is asked');
  fal.setFaults([]);
  await expect(ui.result.getByRole('alert')).toContainText('fal lists no request of this model');
  await expectClean(page, 'an unconfirmed run');
});

test('everything done with a key is clean for axe', async ({ launch, startFal }) => {
  const fal = await startFal({ key: 'my:key' });
  const { page, ui } = await launch({ fal, env: { FAL_KEY: 'my:key' } });
  const keys = new KeySettings(page);
  await ui.go('Settings');
  await keys.add('work', 'another:key');
  await expect(keys.outcome).toContainText('did not accept');
  await expectClean(page, 'a refused key');
  await keys.add('work', 'my:key');
  await expect(keys.outcome).toContainText('accepts');
  await expectClean(page, 'an accepted key');
  for (const task of ['Rename work', 'Replace the key of work', 'Remove work']) {
    await keys.row('work').getByRole('button', { name: task }).click();
    await expectClean(page, task);
    await page.keyboard.press('Escape');
  }
  await page.getByRole('button', { name: /^Profile:/ }).click();
  await expect(page.getByRole('menu')).toBeVisible();
  await expectClean(page, 'the profile menu');
});

test('a form that takes files is clean for axe', async ({ launch, startFal }) => {
  const fal = await startFal({ faults: ['hold:upload'], extraModels: [lookingModel().model] });
  const { page, ui } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  await ui.pickModel('looking', 'test/looking');
  await ui.prompt.fill('what is this?');
  await expectClean(page, 'empty fields');
  const image = new FileInput(ui, 'Image');
  await image.chooser.setInputFiles(PICTURE);
  await image.shows(ui, 'icon.png', 1024);
  const end = new FileInput(ui, 'End image');
  await end.chooser.setInputFiles(TEXT);
  await expect(end.refusal).toBeVisible();
  await expectClean(page, 'a picture and a refusal');
  await ui.run();
  await expect(ui.status).toHaveText('Sending the file');
  await expectClean(page, 'a file on its way');
});

test('realtime in every state is clean for axe', async ({ launch, startFal }) => {
  const fal = await startFal({ extraModels: await ringModels() });
  const { page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  const live = new LiveScreen(page);
  await live.open(RING_ID);
  await expectClean(page, 'nothing sent yet');
  await live.startButton.click();
  await live.shows(0);
  await page.getByRole('button', { name: /^Keep/ }).click();
  await expect(page.getByRole('list', { name: 'Kept frames' })).toBeVisible();
  await expectClean(page, 'live, with a kept frame');
  await page.getByRole('button', { name: 'Connection options' }).click();
  await page.getByRole('textbox', { name: 'Max buffering' }).fill('61');
  await expectClean(page, 'the connection options, out of range');
  await page.getByRole('textbox', { name: 'Max buffering' }).fill('');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Full view' }).click();
  await expect(live.request).toBeHidden();
  await expectClean(page, 'full view');
  await page.keyboard.press('Escape');
  fal.setFaults(['cut']);
  await live.request.getByRole('textbox', { name: 'Value' }).fill('9');
  await expect(live.state).toHaveText('Connection lost');
  await expectClean(page, 'a lost connection');
  fal.setFaults(['live-refuse:403']);
  await expect(live.state).toHaveText('Stopped');
  await expectClean(page, 'a connection given up');
  await live.open('demo/hillside');
  await expect(live.stage.getByRole('heading', { name: /not known to answer live/ })).toBeVisible();
  await expectClean(page, 'a model that does not answer live');
});

test('the model browser is clean for axe', async ({ launch, startFal }) => {
  const fal = await startFal({ extraModels: browsedModels() });
  const { page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  const browser = new Browser(page);
  await browser.open();
  await browser.finder.fill('haron');
  await page.keyboard.press('ControlOrMeta+d');
  await expect(browser.rows.first()).toContainText('starred');
  await expectClean(page, 'found through a typo, starred');
  await browser.shelf(/^training/).click();
  await expectClean(page, 'nothing fits the filters');
  await browser.finder.fill('mine/secret');
  await expectClean(page, 'not in the list');
  await fal.close();
  await browser.dialog.getByRole('button', { name: 'Read the catalogue again' }).click();
  await expect(browser.dialog.getByRole('alert')).toBeVisible();
  await expectClean(page, 'offline');
});

test('the whole path by keyboard alone', async ({ launch }) => {
  const { page, ui } = await launch();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('hill');
  await expect(page.getByRole('option').first()).toHaveText(/demo\/hillsidetext-to-image/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await ui.prompt.focus();
  await page.keyboard.type('a path by keys');
  await page.keyboard.press('ControlOrMeta+Enter');
  await ui.done();
  await page.keyboard.press('ControlOrMeta+3');
  const tile = page.locator('[data-tile]').first();
  await tile.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Run' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('region', { name: 'Run' })).toHaveCount(0);
  await expect(tile).toBeFocused();
});
