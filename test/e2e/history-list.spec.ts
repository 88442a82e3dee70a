import { join } from 'node:path';
import { HistoryDatabase } from '../../electron/history/database.ts';
import { aRun } from '../../electron/history/history.fixture.ts';
import { expect, test } from './app.ts';

const DAY = 86_400_000;

test('the history by keyboard: go, select, star, tag, throw away, take back, delete for good', async ({
  launch,
  dataDir,
}) => {
  const now = Date.now();
  const database = new HistoryDatabase(join(dataDir, 'history.db'));
  database.putRuns(
    Array.from({ length: 400 }, (_, n) => {
      const created = now - 2 * DAY - Math.floor(n / 10) * DAY - n * 1000;
      return aRun(created * 1000, {
        input: { prompt: `a wren, number ${n}` },
        output: `It sang ${n} times.`,
        state: { kind: 'succeeded' },
        times: {
          created,
          submitted: null,
          queued: null,
          started: null,
          ended: created,
          inferenceSeconds: null,
        },
      });
    }),
  );
  database.close();
  const { page, ui } = await launch();
  await ui.go('History');
  const tile = (n: number) => page.getByRole('button', { name: new RegExp(`^a wren, number ${n},`) });
  const bar = page.getByRole('toolbar', { name: 'Selected runs' });
  const { keyboard } = page;

  await test.step('one stop for Tab, arrows over the headings, the whole list from end to end', async () => {
    await tile(0).focus();
    await keyboard.press('ArrowRight');
    await expect(tile(1)).toBeFocused();
    await keyboard.press('End');
    await expect(tile(399)).toBeFocused();
    await expect(page.locator('[data-tile][tabindex="0"]')).toHaveCount(1);
    await expect(tile(0)).toHaveCount(0);
    await keyboard.press('Home');
    await expect(tile(0)).toBeFocused();
    await keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Run' })).toBeVisible();
    await keyboard.press('Escape');
    await expect(page.getByRole('region', { name: 'Run' })).toHaveCount(0);
    await expect(tile(0)).toBeFocused();
  });

  await test.step('select and star; Escape lets go', async () => {
    await keyboard.press('Space');
    await keyboard.press('Shift+ArrowRight');
    await keyboard.press('Shift+ArrowRight');
    await expect(bar).toContainText('3 selected');
    await keyboard.press('s');
    await expect(page.getByRole('button', { name: /^a wren, number [012],.* starred/ })).toHaveCount(3);
    await bar.getByRole('button', { name: 'Tag' }).click();
    await page.getByRole('textbox', { name: 'Add a tag' }).fill('birds');
    await keyboard.press('Enter');
    await expect(page.getByRole('checkbox', { name: 'birds' })).toBeChecked();
    await keyboard.press('Escape');
    await expect(page.getByRole('checkbox')).toHaveCount(0);
    await bar.getByRole('button', { name: 'Clear the selection' }).press('Enter');
    await expect(bar).toHaveCount(0);
  });

  await test.step('away with it, and back', async () => {
    await tile(1).focus();
    await keyboard.press('Delete');
    await expect(tile(1)).toHaveCount(0);
    await expect(tile(2)).toBeFocused();
    await ui.undo.click();
    await expect(tile(1)).toBeVisible();
    await tile(1).focus();
    await keyboard.press('Delete');
    await expect(tile(1)).toHaveCount(0);
  });

  await test.step('out of the trash for good', async () => {
    await keyboard.press('/');
    await keyboard.type('is:trashed');
    await expect(page.getByText('are deleted for good after 30 days')).toBeVisible();
    await expect(page.locator('[data-tile]')).toHaveCount(1);
    await tile(1).focus();
    await keyboard.press('ControlOrMeta+a');
    await bar.getByRole('button', { name: 'Delete for good…' }).press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).press('Enter');
    await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible();
    await page.getByRole('button', { name: 'Show all runs' }).press('Enter');
    await expect(tile(0)).toBeVisible();
    await expect(tile(1)).toHaveCount(0);
  });
});
