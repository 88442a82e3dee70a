import { expect, test } from './app.ts';

test('the demo model, from the catalogue to a picture, to the history and back, with no key and no network', async ({
  launch,
}) => {
  const first = await launch({ motion: true });
  const { ui, page } = first;

  await test.step('pick the model as you type', async () => {
    await ui.pickModel('hills', 'demo/hillside');
  });

  await test.step('fill its form and run', async () => {
    await ui.prompt.fill('a quiet lake under snowy mountains at dawn');
    await ui.request.getByRole('textbox', { name: 'Seed' }).fill('7');
    await ui.run();
  });

  await test.step('watch it: queue, time, log', async () => {
    await expect(ui.status).toHaveText(/queue/i);
    await expect(ui.status).toHaveText('Running');
    await expect(ui.result.getByText(/^\d\d:\d\d$/).first()).toBeVisible();
    await ui.tab('Logs');
    await expect(ui.result.getByRole('log')).toContainText(/step \d+/);
    await ui.tab('Preview');
  });

  await test.step('the picture, its seed and its time', async () => {
    await ui.done();
    expect(await ui.decodedSize(ui.picture)).toEqual({ width: 1024, height: 768 });
    await expect(ui.result.getByText('seed 7')).toBeVisible();
    await expect(ui.result.getByText('1024 × 768')).toBeVisible();
    await ui.tab('Timing');
    await expect(ui.result.getByText('Inference, as fal tells it')).toBeVisible();
    await ui.tab('Preview');
  });

  await test.step('cancel another', async () => {
    await ui.prompt.fill('a storm over the sea');
    await ui.run();
    await expect(ui.status).toHaveText('Running');
    await page.keyboard.press('Escape');
    await expect(ui.status).toHaveText('Cancelled');
    await expect(ui.result.getByRole('heading', { name: 'Cancelled' })).toBeVisible();
  });

  await first.close();
  const second = await launch({ motion: true });

  await test.step('find both in the history after a restart', async () => {
    await second.ui.go('History');
    await expect(second.page.locator('[data-tile]')).toHaveCount(2);
    await second.page.getByRole('button', { name: /a quiet lake/ }).click();
    const detail = second.page.getByRole('region', { name: 'Run' });
    // The demo's server of the first start is gone, and so is its address.
    const picture = detail.getByRole('img', { name: /^Result:/ });
    expect(await second.ui.decodedSize(picture)).toEqual({ width: 1024, height: 768 });
    await expect(picture).toHaveAttribute('src', /^\/media\/[0-9a-f]{64}$/);
  });

  await test.step('open it again as a request', async () => {
    await second.page.getByRole('button', { name: 'Open as request' }).click();
    await expect(second.ui.prompt).toHaveValue('a quiet lake under snowy mountains at dawn');
    await expect(second.ui.request.getByRole('textbox', { name: 'Seed' })).toHaveValue('7');
    expect(await second.ui.decodedSize(second.ui.picture)).toEqual({ width: 1024, height: 768 });
  });
});

test('what was typed and not run is there after a restart', async ({ launch }) => {
  const first = await launch();
  await first.ui.prompt.fill('an unfinished thought');
  await first.ui.request.getByRole('button', { name: /\d+ more/ }).click();
  await first.ui.request.getByRole('combobox', { name: 'Style' }).click();
  await first.page.getByRole('option', { name: 'Ink' }).click();
  await expect(first.ui.request.getByText('1 changed')).toBeVisible();
  await first.close();

  const second = await launch();
  await expect(second.ui.prompt).toHaveValue('an unfinished thought');
  await expect(second.ui.request.getByText('1 changed')).toBeVisible();
});
