import { expect, test } from './app.ts';
import { expectClean } from './clean.ts';

test('a run of the history by keyboard: read, marked, noted, sent again with its seed, thrown away and brought back', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal();
  const { app, page, ui } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  await ui.prompt.fill('hills by a lake');
  await ui.run();
  await ui.done();
  await ui.go('History');
  const tiles = page.locator('[data-tile]');
  const pane = page.getByRole('region', { name: 'Run', exact: true });
  const heading = pane.getByRole('heading', { name: 'hills by a lake' });

  await test.step('Enter leads into it, Escape back to its tile', async () => {
    await tiles.first().focus();
    await page.keyboard.press('Enter');
    await expect(heading).toBeFocused();
    await page.keyboard.press('Escape');
    await expect(pane).toHaveCount(0);
    await expect(tiles.first()).toBeFocused();
    await page.keyboard.press('Enter');
  });

  await test.step('tags and a note are kept, and Escape throws away neither', async () => {
    await pane.getByRole('button', { name: 'Add a tag' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.type('Best  of');
    await page.keyboard.press('Enter');
    await expect(pane.getByRole('list', { name: 'Tags' }).getByRole('listitem')).toHaveText(['best of']);
    await page.keyboard.press('Escape');
    await expect(pane.getByRole('button', { name: 'Add a tag' })).toBeFocused();
    await pane.getByRole('textbox', { name: 'Note' }).focus();
    await page.keyboard.type('less mist [and more light]');
    await page.keyboard.press('Escape');
    await expect(heading).toBeFocused();
    await pane.getByRole('button', { name: 'Star', exact: true }).press('Enter');
    await expect(pane.getByRole('button', { name: 'Remove the star' })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await page.keyboard.press('Escape');
    await tiles.first().press('Enter');
    await expect(pane.getByRole('textbox', { name: 'Note' })).toHaveValue('less mist [and more light]');
  });

  await test.step('every input stands beside its default', async () => {
    await pane.getByRole('tab', { name: 'Request' }).click();
    const inputs = pane.getByRole('region', { name: 'Inputs' });
    await expect(inputs).toContainText('1 set');
    await expect(inputs.getByText('Num inference steps')).toBeVisible();
    await inputs.getByRole('button', { name: 'Set' }).click();
    await expect(inputs.getByText('Num inference steps')).toHaveCount(0);
    await inputs.getByRole('button', { name: 'All' }).click();
    await expectClean(page, 'the inputs of a run');
  });

  await test.step('its code is copied', async () => {
    await pane.getByRole('button', { name: 'Copy code' }).click();
    await page.getByRole('menuitem', { name: 'Python' }).click();
    await expect(page.getByText('Code for Python copied')).toBeVisible();
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain('hills by a lake');
  });

  await test.step('sent again it has the seed that its result told, and ] and [ lead from one to the other', async () => {
    await pane.getByRole('button', { name: 'Run again' }).click();
    const same = page.getByRole('menuitem', { name: /^With the same seed, \d+$/ });
    const seed = /\d+$/.exec(await same.innerText())?.[0] ?? 'none';
    await same.click();
    await expect(tiles).toHaveCount(2);
    await heading.focus();
    await page.keyboard.press('[');
    const inputs = pane.getByRole('region', { name: 'Inputs' });
    await expect(inputs).toContainText('2 set');
    await expect(inputs).toContainText(seed);
    await expect(pane.getByRole('button', { name: 'Move to the trash' })).toBeEnabled();
  });

  await test.step('thrown away it gives way to the next, and comes back', async () => {
    await pane.getByRole('button', { name: 'Move to the trash' }).click();
    await expect(tiles).toHaveCount(1);
    await expect(pane.getByRole('list', { name: 'Tags' }).getByRole('listitem')).toHaveText(['best of']);
    await ui.undo.click();
    await expect(tiles).toHaveCount(2);
  });
});
