import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { expectClean } from './clean.ts';
import { fixtureModel } from './fixture-model.ts';

const MODELS = ['test/wren', 'test/wren/turbo', 'test/fence'];
const PROMPTS = ['a wren on a post', 'a post in the fog', 'the sea at dawn'];

/** Every prompt on every model. */
async function runAll(page: Page): Promise<void> {
  await page.evaluate(
    async ({ models, prompts }) => {
      const { commands } = window.playground;
      const profiles = await commands['profiles.list'](null);
      if (!profiles.ok) throw new Error(profiles.error.title);
      for (const endpointId of models)
        for (const prompt of prompts)
          await commands['runs.start']({
            profileId: profiles.value.active,
            endpointId,
            input: { prompt },
            method: 'queue',
            options: {},
            overLimit: false,
          });
    },
    { models: MODELS, prompts: PROMPTS },
  );
}

test('the history is searched, completed and narrowed by keyboard and by its counts', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: MODELS.map((endpointId) => fixtureModel({ endpointId })) });
  const { page, ui } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  const box = page.getByRole('combobox', { name: 'Search the history' });
  const count = page.getByRole('search').getByRole('status');
  const rows = page.getByRole('toolbar', { name: 'Narrow what was found' });
  const row = (name: string) => rows.getByRole('button', { name, exact: true });
  const options = page.getByRole('option');
  await runAll(page);
  await ui.go('History');
  await expect(row('Done 9')).toBeVisible();

  await test.step('words find as they are typed, and what is counted follows', async () => {
    await page.keyboard.press('/');
    await expect(box).toBeFocused();
    await page.keyboard.type('post -fog');
    await expect(count).toHaveText('3 found');
    await expect(row('test/wren 1')).toBeVisible();
  });

  await test.step('a value is completed where the caret is, by the keyboard alone', async () => {
    await page.keyboard.type(' mod');
    await expect(options).toHaveText([/^model:/]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.keyboard.type('wr');
    await expect(options).toHaveText([/^test\/wren1$/, /^test\/wren\/turbo1$/]);
    await expectClean(page, 'completions');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await expect(box).toHaveValue('post -fog model:=test/wren/turbo ');
    await expect(box).toBeFocused();
    await expect(options).toHaveCount(0);
    await expect(count).toHaveText('1 found');
    await expect(row('test/wren/turbo 1')).toHaveAttribute('aria-pressed', 'true');
  });

  await test.step('what cannot be read is said once it is left, and the rest is searched for', async () => {
    const said = page.getByRole('status', { name: 'Of the search' });
    await page.keyboard.type('cost:much');
    await expect(said).toHaveText('');
    await page.keyboard.type(' ');
    await expect(said).toContainText('cost: wants an amount');
    await page.keyboard.type('is:');
    await expect(options.first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(options).toHaveCount(0);
    await expect(box).not.toHaveValue('');
    await page.keyboard.press('Escape');
    await expect(box).toHaveValue('');
    await expect(said).toHaveText('');
  });

  await test.step('a row puts its filter in, another takes its place, and again takes it out', async () => {
    await page.keyboard.type('"a post"');
    await expect(count).toHaveText('6 found');
    await row('test/wren 2').click();
    await expect(box).toHaveValue('"a post" model:=test/wren');
    await expect(count).toHaveText('2 found');
    await row('test/fence 2').click();
    await expect(box).toHaveValue('"a post" model:=test/fence');
    await row('test/fence 2').click();
    await expect(box).toHaveValue('"a post"');
    await row('test/wren/turbo 2').press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(box).toHaveValue('"a post" -model:=test/wren/turbo');
    await expect(count).toHaveText('4 found');
    await expect(row('Leave out test/wren/turbo')).toHaveAttribute('aria-pressed', 'true');
    await expectClean(page, 'the history narrowed');
    await page.keyboard.press('ArrowLeft');
    await expect(row('test/wren/turbo')).toBeFocused();
    await page.keyboard.press('Home');
    await expect(rows.getByRole('button', { name: /^(Starred|Text|Done)/ }).first()).toBeFocused();
  });

  await test.step('a row that goes hands the focus on', async () => {
    await box.fill('tag:none');
    await row('none').press('Enter');
    await expect(box).toHaveValue('');
    await expect(row('none')).toHaveCount(0);
    await expect(rows.locator(':focus')).toHaveCount(1);
  });

  await test.step('the whole language is told, and the box is found again', async () => {
    await page.getByRole('button', { name: 'What can be searched for' }).click();
    await expect(page.getByRole('dialog')).toContainText('model:=fal-ai/flux/dev is that one alone');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Hide the filters' }).click();
    await expect(rows).toHaveCount(0);
    await page.keyboard.press('ControlOrMeta+f');
    await expect(box).toBeFocused();
  });
});
