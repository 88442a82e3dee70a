import { expect, test } from './app.ts';
import { fixtureModel } from './fixture-model.ts';

/** What is on the screen is what is sent, whatever was half typed, held down or closed. */

const env = { FAL_KEY: 'demo:demo' };
const posts = (requests: readonly { method: string }[]): number =>
  requests.filter((request) => request.method === 'POST').length;

test('a mistake in the JSON is never replaced by what was there before: nothing runs until it is mended', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal();
  const { ui } = await launch({ fal, env });
  await ui.writeJson({ prompt: 'first' });
  await ui.json.fill('{"prompt":"second",}');
  await ui.run();
  await expect(ui.request.getByText(/field needs a change|Not used yet/).first()).toBeVisible();
  await ui.requestView('Form');
  await ui.run();
  await expect(ui.json).toHaveText('{"prompt":"second",}');
  expect(posts(fal.requests())).toBe(0);
  await ui.json.fill('{"prompt":"second"}');
  await ui.run();
  await ui.done();
  await ui.tab('JSON');
  await expect(ui.tree).toContainText('second');
  expect(posts(fal.requests())).toBe(1);
});

test('a number that is none stays in its box and stops the run', async ({ launch, startFal }) => {
  const fal = await startFal();
  const { ui } = await launch({ fal, env });
  await ui.prompt.fill('a hill');
  const seed = ui.request.getByRole('textbox', { name: 'Seed' });
  await seed.fill('12abc');
  await ui.run();
  await expect(ui.request.locator('[data-field="seed"]').getByRole('alert')).toContainText('cannot be read');
  await expect(seed).toHaveValue('12abc');
  expect(posts(fal.requests())).toBe(0);
});

test('boxes with a default can be emptied and typed into anew', async ({ launch }) => {
  const { ui, page } = await launch();
  const steps = ui.request.getByRole('textbox', { name: /inference steps/i });
  await steps.focus();
  for (const key of ['End', 'Backspace', 'Backspace', '5']) await page.keyboard.press(key);
  await expect(steps).toHaveValue('5');
  await page.keyboard.press('Backspace');
  await expect(steps).toHaveValue('');
  await steps.blur();
  await expect(steps).toHaveValue('24');
});

test('typing stays in its field while others are still refused', async ({ launch, startFal }) => {
  const fal = await startFal({ extraModels: [fixtureModel()] });
  const { ui, page } = await launch({ fal, env });
  await ui.pickModel('picky', 'test/picky');
  await ui.prompt.fill('refuse me');
  await ui.run();
  await expect(ui.request.getByRole('alert')).toHaveCount(2);
  await ui.prompt.focus();
  await page.keyboard.press('End');
  await page.keyboard.type(' no more');
  await expect(ui.prompt).toHaveValue('refuse me no more');
});

test('a held Ctrl+Enter runs once', async ({ launch, startFal }) => {
  const fal = await startFal({ faults: ['hold:queued'] });
  const { ui, page } = await launch({ fal, env });
  await ui.prompt.fill('only one');
  await page.keyboard.down('ControlOrMeta');
  for (let i = 0; i < 6; i += 1) await page.keyboard.down('Enter');
  await page.keyboard.up('Enter');
  await page.keyboard.up('ControlOrMeta');
  await expect(ui.status).toHaveText(/queue/i);
  await expect(page.getByText('1 running')).toBeVisible();
  expect(posts(fal.requests())).toBe(1);
  fal.setFaults([]);
  await ui.done();
});

test('Escape closes a list and leaves the run alone; pressed again it cancels', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ faults: ['hold:running'] });
  const { ui, page } = await launch({ fal, env });
  await ui.prompt.fill('no patience');
  await ui.request.getByRole('button', { name: 'Reset', exact: true }).click();
  // The offer to undo stays for a while, and Escape is not for it.
  await expect(ui.undo).toBeVisible();
  await ui.prompt.fill('patience');
  await ui.run();
  await expect(ui.status).toHaveText('Running');
  await ui.request.getByRole('combobox', { name: 'Image size' }).click();
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option').first()).toBeHidden();
  await expect(ui.status).toHaveText('Running');
  await page.keyboard.press('Escape');
  await expect(ui.status).toHaveText('Cancelled');
});
