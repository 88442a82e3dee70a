import { LONG } from '../../playwright.config.ts';
import { expect, test } from './app.ts';
import { Browser } from './browser.ts';
import { browsedModels, privateApp } from './browsed-models.ts';
import { fixtureModel } from './fixture-model.ts';

const KEY = { FAL_KEY: 'demo:demo' };

test('a model is found through a typo, narrowed by category, price and age, and opened by keyboard', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: browsedModels() });
  const { page } = await launch({ fal, env: KEY });
  const browser = new Browser(page);
  await browser.open();
  await expect(browser.count).toHaveText('306 of 307 models');
  // Drawn only where they can be seen.
  expect(await browser.rows.count()).toBeLessThan(60);

  await browser.finder.fill('haron');
  await expect(browser.rows.first()).toContainText('birds/heron');
  await expect(browser.count).toHaveText('2 of 307 models');
  await expect(browser.rows.first().locator('mark').first()).toHaveText('Heron');
  await expect(browser.rows.first()).toContainText('$0.025 per megapixel');
  await expect(browser.about).toContainText('Wades.');
  await page.keyboard.press('ArrowDown');
  await expect(browser.about).toContainText('image-to-video · $0.10 per second · since Mar 1, 2027');

  await browser.finder.fill('');
  await browser.shelf(/^training/).click();
  await expect(browser.rows).toHaveCount(1);
  // Whatever is typed goes to the search.
  await page.keyboard.type('heron');
  await expect(browser.finder).toHaveValue('heron');
  await expect(browser.dialog.getByRole('heading', { name: 'No training model fits' })).toBeVisible();
  await browser.dialog.getByRole('button', { name: 'Show all models' }).click();
  await expect(browser.rows).toHaveCount(2);

  await browser.finder.fill('');
  await browser.choose('Order', 'Newest');
  await expect(browser.rows.first()).toContainText('birds/heron/v2.5/image-to-video');
  await browser.choose('Price', 'per second');
  await expect(browser.count).toHaveText('1 of 307 models');
  await browser.choose('Price', 'Price known');
  await expect(browser.count).toHaveText('305 of 307 models');

  await browser.dialog.getByRole('switch', { name: 'Show deprecated models' }).focus();
  await page.keyboard.press('Space');
  await browser.choose('Price', 'Any price');
  await expect(browser.count).toHaveText('307 models');
  await browser.finder.fill('dodo');
  await expect(browser.rows.first()).toContainText('deprecated');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'birds/dodo' }).first()).toBeVisible();
});

test('prices are asked for what is in sight, many in one request', async ({ launch, startFal }) => {
  const fal = await startFal({ extraModels: browsedModels() });
  const { page } = await launch({ fal, env: KEY });
  const browser = new Browser(page);
  const asked = (): number[] =>
    fal
      .requests()
      .filter(({ path }) => path.endsWith('/models/pricing'))
      .map(({ query }) => new URLSearchParams(query).getAll('endpoint_id').length);
  await browser.open();
  await expect(browser.rows.filter({ hasText: 'Heron 2.5' })).toContainText('per second');
  const before = asked();
  expect(Math.max(...before)).toBeGreaterThan(5);
  expect(before.reduce((sum, count) => sum + count, 0)).toBeLessThan(60);
  await page.keyboard.press('ArrowUp');
  await expect(browser.rows.filter({ hasText: 'many/model-299' })).toContainText('$1.00 per image');
  expect(asked().reduce((sum, count) => sum + count, 0)).toBeLessThan(120);
});

test('a star and the last models are there after a restart', { tag: LONG }, async ({ launch, startFal }) => {
  const fal = await startFal({ extraModels: browsedModels() });
  const first = await launch({ fal, env: KEY });
  const browser = new Browser(first.page);
  await first.ui.pickModel('wren', 'birds/wren-trainer');
  await browser.open();
  await browser.finder.fill('heron');
  await expect(browser.about).toContainText('Heron');
  await first.page.keyboard.press('ControlOrMeta+d');
  await expect(browser.about.getByRole('button', { name: 'Starred' })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(browser.rows.first()).toContainText('starred');
  await first.close();

  const { page } = await launch({ fal, env: KEY });
  const again = new Browser(page);
  await expect(page.getByRole('button', { name: 'birds/wren-trainer' }).first()).toBeVisible();
  await again.open();
  await again.shelf(/^Starred/).click();
  await expect(again.rows).toHaveText([/birds\/heron.*starred/]);
  await page.keyboard.press('ArrowDown');
  await expect(again.shelf(/^Recent/)).toBeChecked();
  await expect(again.rows.first()).toContainText('birds/wren-trainer');
  await again.shelf(/^Starred/).click();
  await again.finder.focus();
  await page.keyboard.press('ControlOrMeta+d');
  await expect(again.dialog.getByRole('heading', { name: 'No model is starred yet' })).toBeVisible();
});

test('a private app opens by its id, takes its request as JSON, runs, and is found again', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: [privateApp()] });
  const { page, ui } = await launch({ fal, env: KEY });
  const browser = new Browser(page);
  await ui.pickModel('mine/secret', 'mine/secret');
  await expect(ui.request.getByText(/fal has no schema for this model/)).toBeVisible();
  await ui.writeJson({ anything: [1, 2] });
  await ui.run();
  await ui.done();
  await ui.tab('JSON');
  await expect(ui.result).toContainText('anything');
  await browser.open();
  await browser.shelf(/^Recent/).click();
  await expect(browser.rows.first()).toContainText('mine/secret');
});

test('with the server gone the models and forms from before are there, and the window says so', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: browsedModels() });
  const first = await launch({ fal, env: KEY });
  await first.ui.pickModel('heron', 'birds/heron');
  await expect(first.ui.prompt).toBeVisible();
  await first.close();
  await fal.close();

  const { page, ui } = await launch({ fal, env: KEY });
  const browser = new Browser(page);
  await expect(ui.prompt).toBeVisible();
  await browser.open();
  await expect(browser.dialog.getByRole('alert')).toContainText(/These are the models of .*20\d\d/);
  await expect(browser.count).toHaveText('306 of 307 models');
  await browser.dialog.getByRole('button', { name: 'Try again' }).click();
  await expect(browser.dialog.getByRole('button', { name: 'Try again' })).toBeEnabled();
  await browser.finder.fill('heron');
  await expect(browser.rows).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(page.getByText('offline', { exact: true })).toBeVisible();
});

test(
  'a catalogue that cannot be read at all says so, and a model opens by its id all the same',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ extraModels: [fixtureModel()] });
    await fal.close();
    const { page } = await launch({ fal, env: KEY });
    const browser = new Browser(page);
    await browser.open();
    await expect(browser.dialog.getByRole('alert')).toContainText('does not answer');
    await browser.finder.fill('test/picky');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'test/picky' }).first()).toBeVisible();
  },
);
