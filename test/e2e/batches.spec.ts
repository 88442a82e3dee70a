import { expect, test } from './app.ts';
import { batchModel } from './batch-models.ts';
import { expectClean } from './clean.ts';
import type { Playground } from './playground.ts';

/** Opens one of the ways to send a request more than once. */
async function many({ page, request }: Playground, entry: string): Promise<void> {
  await request.getByRole('button', { name: /^×n/ }).click();
  await page.getByRole('menuitem', { name: entry }).click();
}

async function choose({ page }: Playground, list: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: list }).click();
  await page.getByRole('option', { name: option }).click();
}

test('one request on three models, over a grid, and with many seeds: cost first, failures alone, all cancelled', async ({
  launch,
  startFal,
}) => {
  const [wren, heron, crow] = [
    batchModel('test/wren', 'Wren', 0.02),
    batchModel('test/heron', 'Heron', 0.03),
    batchModel('test/crow', 'Crow', 0.05),
  ] as const;
  const fal = await startFal({ extraModels: [wren.model, heron.model, crow.model], pace: 0 });
  const options = { fal, env: { FAL_KEY: 'demo:demo' } };
  const first = await launch(options);
  const { ui, page } = first;
  const sheet = page.getByRole('dialog');
  const standing = ui.result.getByRole('status');
  await ui.pickModel('wren', 'test/wren');
  await ui.prompt.fill('a quiet lake');

  await test.step('side by side', async () => {
    await many(ui, 'On other models too…');
    await choose(ui, 'Add a model', 'test/heron');
    await choose(ui, 'Add a model', 'test/crow');
    await expect(sheet.getByText('Takes over prompt')).toHaveCount(2);
    await expect(sheet.getByText('3 runs, est. $0.10')).toBeVisible();
    await sheet.getByRole('button', { name: 'Send 3 runs' }).click();
    await expect(standing).toHaveText('3 of 3 done');
    await expect(ui.result.getByText('$0.10 so far')).toBeVisible();
    const columns = ui.result.getByRole('list', { name: 'Models' }).getByRole('listitem');
    await expect(columns).toContainText(['$0.02', '$0.03', '$0.05']);
    for (const { seen } of [wren, heron, crow]) expect(seen).toEqual([{ prompt: 'a quiet lake' }]);
    await expectClean(page, 'side by side');
  });

  await test.step('a run of it is opened at its model, and leads back', async () => {
    await ui.result.getByRole('button', { name: 'test/heron: Done' }).click();
    await expect(page.getByRole('button', { name: /^test\/heron/ }).first()).toBeVisible();
    await ui.done();
    await expect(ui.result.first()).toBeFocused();
    await ui.result.getByRole('button', { name: '3 models side by side' }).click();
    await expect(standing).toHaveText('3 of 3 done');
    await expect(ui.result.first()).toBeFocused();
    await ui.result.getByRole('button', { name: 'test/wren: Done' }).click();
    await expect(page.getByRole('button', { name: /^test\/wren/ }).first()).toBeVisible();
  });

  await test.step('a grid: what is wrong is said before anything is sent, and what failed is sent again alone', async () => {
    const before = wren.seen.length;
    wren.refuses = ({ steps, style }) => steps === 20 && style === 'oil';
    await many(ui, 'Sweep over fields…');
    await choose(ui, 'Across: field', 'Steps');
    await page.getByRole('textbox', { name: 'Across: values' }).fill('10, 20, 60');
    await choose(ui, 'Down: field', 'Style');
    await expect(sheet.getByText('steps 60: Between 1 and 50')).toBeVisible();
    const send = sheet.getByRole('button', { name: 'Send 9 runs' });
    await expect(send).toBeDisabled();
    await page.getByRole('textbox', { name: 'Across: values' }).fill('10, 20, 30');
    await page.keyboard.press('Escape');
    await expect(sheet).toHaveCount(0);
    await many(ui, 'Sweep over fields…');
    await expect(sheet.getByText('9 runs, est. $0.18')).toBeVisible();
    await expectClean(page, 'what is to be swept');
    await send.click();
    await expect(standing).toHaveText('8 of 9 done, 1 failed');
    const table = ui.result.getByRole('table');
    await expect(table.getByRole('columnheader')).toHaveText(['steps 10', 'steps 20', 'steps 30']);
    await expect(table.getByRole('rowheader')).toHaveText(['style Ink', 'style Oil', 'style Print']);
    await expectClean(page, 'a grid');
    wren.refuses = () => false;
    await ui.result.getByRole('button', { name: 'Retry the 1 failed' }).click();
    await expect(standing).toHaveText('9 of 9 done');
    await expect(table.getByRole('button', { name: 'steps 20, style Oil: Done' })).toBeVisible();
    expect(wren.seen.slice(before)).toHaveLength(10);
  });

  await test.step('all that has not ended is cancelled, and what had not begun cost nothing', async () => {
    await page.evaluate(() => window.playground.commands['runs.setMost']({ most: 2 }));
    const before = wren.seen.length;
    wren.answers = 2;
    await many(ui, 'Many times…');
    await sheet.getByRole('textbox', { name: 'Times' }).fill('6');
    await expect(sheet.getByText('6 runs, est. $0.12')).toBeVisible();
    await sheet.getByRole('button', { name: 'Send 6 runs' }).click();
    await expect(standing).toHaveText('2 of 6 done');
    await expect(ui.result.getByRole('button', { name: /: Running$/ })).toHaveCount(1);
    await expect(ui.result.getByRole('button', { name: /: (Next in|In) queue/ })).toHaveCount(1);
    await expect(ui.result.getByRole('button', { name: /: Waiting for its turn$/ })).toHaveCount(2);
    await ui.result.getByRole('button', { name: 'Cancel all' }).click();
    await expect(standing).toHaveText('2 of 6 done, 4 stopped');
    // Two were paid for, and the one that had begun may be.
    await expect(ui.result.getByText('$0.06 so far')).toBeVisible();
    const seeds = wren.seen.slice(before).map(({ seed }) => seed);
    expect(new Set(seeds).size).toBe(3);
  });

  await first.close();
  const second = await launch(options);
  await test.step('it is there after a restart', async () => {
    await second.ui.result.getByRole('button', { name: 'The same request 6 times' }).click();
    await expect(second.ui.result.getByRole('status')).toHaveText('2 of 6 done, 4 stopped');
    await expect(second.ui.result.getByText('$0.06 so far')).toBeVisible();
  });
});
