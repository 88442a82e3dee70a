import { expect, test } from './app.ts';
import { expectClean } from './clean.ts';
import { pricedModel } from './priced-model.ts';

test('what a run will cost is said before it, what it cost after it, and a limit asks once before it is passed', async ({
  launch,
  startFal,
}) => {
  const { model, seen } = pricedModel();
  const fal = await startFal({ extraModels: [model] });
  const { ui, page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  const day = page.getByRole('textbox', { name: 'Daily limit' });
  const question = page.getByRole('alertdialog', { name: 'This passes your limit for today' });
  const table = page.getByRole('table', { name: 'Spent by model' });
  const count = ui.request.getByRole('textbox', { name: 'Number of pictures' });

  await test.step('the estimate follows the request', async () => {
    await ui.pickModel('painter', 'birds/painter');
    await ui.prompt.fill('a wren');
    await expect(ui.request.getByText('est. $0.25')).toBeVisible();
    await count.fill('3');
    await expect(ui.request.getByText('est. $0.75')).toBeVisible();
  });

  await test.step('what fal charged stands under the result and in the sums', async () => {
    await ui.run();
    await ui.done();
    await expect(ui.result.getByText('$0.75')).toBeVisible();
    await ui.go('Settings');
    await expect(table.getByRole('row', { name: 'birds/painter $0.75 $0.75' })).toBeVisible();
  });

  await test.step('what is no limit is not one', async () => {
    await day.fill('much');
    await day.press('Enter');
    await expect(day).toHaveAttribute('aria-invalid', 'true');
    await expect(page.getByText('Write dollars, such as 5 or 2.50')).toBeVisible();
    await day.fill('1');
    await day.press('Enter');
    await expect(page.getByText('Set.')).toBeVisible();
  });

  await test.step('a no sends nothing', async () => {
    await ui.go('Playground');
    await ui.run();
    await expect(question).toContainText('Today $0.75 of $1.00 is spent. This is estimated at $0.75.');
    await expect(question.getByRole('button', { name: 'Do not run' })).toBeFocused();
    await expectClean(page, 'the question');
    await page.keyboard.press('Escape');
    await expect(question).toBeHidden();
    expect(seen).toHaveLength(1);
  });

  await test.step('a yes sends it, and it is not asked again today', async () => {
    await ui.run();
    await question.getByRole('button', { name: 'Run anyway' }).click();
    await expect.poll(() => seen.length).toBe(2);
    await count.fill('1');
    await ui.run();
    await expect.poll(() => seen.length).toBe(3);
    await ui.go('Settings');
    await expect(table.getByRole('row', { name: 'birds/painter $1.75 $1.75' })).toBeVisible();
  });
});
