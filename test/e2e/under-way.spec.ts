import type { ElectronApplication, Page } from '@playwright/test';
import * as z from 'zod';
import type { RunPartial } from '../../shared/runs/run.ts';
import { expect, test } from './app.ts';
import { chooseTheme, expectClean } from './clean.ts';

/** What a run under way brings is fed as main tells it, so that each test says what comes when. */

const env = { FAL_KEY: 'demo:demo' };
const TEXT =
  '## Grüße\n\nfrom **山** — see [this](https://example.com/a) and <img src=x onerror=alert(1)>\n\n- one\n- two 🏔️\n\n';

function tell(
  app: ElectronApplication,
  channel: string,
  payloads: readonly unknown[],
  gap = 0,
): Promise<void> {
  return app.evaluate(
    async ({ BrowserWindow }, told) => {
      for (const payload of told.payloads) {
        BrowserWindow.getAllWindows()[0]?.webContents.send(told.channel, payload);
        await new Promise((resolve) => setTimeout(resolve, told.gap));
      }
    },
    { channel, payloads, gap },
  );
}

async function newest(page: Page) {
  const answer = await page.evaluate(() =>
    window.playground.commands['runs.page']({ before: null, limit: 1, endpointId: null }),
  );
  const run = answer.ok ? answer.value.runs[0] : undefined;
  if (run === undefined) throw new Error('no run');
  return run;
}

test('a preview is never gone before the next, nor before the result', async ({ launch, startFal }) => {
  const fal = await startFal({ pace: 0 });
  const { app, page, ui } = await launch({ fal, env });
  const small = { prompt: 'hills', num_images: 3, image_size: { width: 640, height: 480 } };
  await ui.writeJson(small);
  await ui.run();
  await ui.done();
  const { media } = await newest(page);

  fal.setFaults(['hold:running']);
  await ui.writeJson({ ...small, num_images: 1, seed: 5 });
  await ui.run();
  await expect(ui.status).toHaveText('Running');
  const { id } = await newest(page);
  const partial = (n: number, output: RunPartial['output']): RunPartial => ({
    id,
    n,
    output,
    media: media.slice(n - 1, n),
  });
  const preview = ui.result.getByRole('img', { name: 'Preview of the result' });
  await tell(app, 'runs.partial', [partial(1, { progress: 0.5 })]);
  await expect(preview).toBeVisible();
  await expect(ui.result.getByRole('progressbar')).toHaveAttribute('aria-valuenow', '50');
  await page.evaluate(watch);
  for (const n of [2, 3]) {
    const before = await preview.getAttribute('src');
    await tell(app, 'runs.partial', [partial(n, {})]);
    await expect(preview).not.toHaveAttribute('src', before ?? '');
  }
  fal.setFaults([]);
  await expect(ui.picture).toBeVisible({ timeout: 30_000 });
  await expect(preview).toHaveCount(0);
  const seen: unknown = await page.evaluate(() => Reflect.get(window, '__seen'));
  const { looks, empty } = z.object({ looks: z.number(), empty: z.number() }).parse(seen);
  expect(looks).toBeGreaterThan(3);
  expect(empty).toBe(0);
});

/** Runs in the page: at every change under the tabs, whether there was a picture to see. */
function watch(): void {
  const seen = { looks: 0, empty: 0 };
  Reflect.set(window, '__seen', seen);
  const panel = document.querySelector('[aria-label="Result"] [role="tabpanel"]');
  if (panel === null) throw new Error('no panel');
  new MutationObserver(() => {
    seen.looks += 1;
    const pictures = [...panel.querySelectorAll('img')];
    const there = pictures.some(
      (picture) =>
        picture.checkVisibility({ visibilityProperty: true }) && picture.complete && picture.naturalWidth > 0,
    );
    if (!there) seen.empty += 1;
  }).observe(panel, { childList: true, subtree: true, attributes: true });
}

test('words come as they are made, once a display frame; the log and the JSON are searched and copied', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ pace: 0 });
  const { app, page, ui } = await launch({ fal, env });
  await app.evaluate(({ shell }) => {
    shell.openExternal = (url) => {
      Reflect.set(shell, 'opened', url);
      return Promise.resolve();
    };
  });
  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText());
  await ui.go('Settings');
  await chooseTheme(page, 'Light');
  await ui.go('Playground');
  await ui.pickModel('field', 'demo/field-notes');
  fal.setFaults(['hold:running']);
  await ui.prompt.fill('a lake');
  await page.evaluate(() =>
    window.playground.commands['profiles.list'](null).then((profiles) =>
      profiles.ok
        ? window.playground.commands['runs.start']({
            profileId: profiles.value.active,
            endpointId: 'demo/field-notes',
            input: { prompt: 'a lake' },
            method: 'queue',
            options: {},
            overLimit: false,
          })
        : profiles,
    ),
  );
  await expect(ui.status).toHaveText('Running');
  const { id } = await newest(page);
  const text = ui.result.getByRole('region', { name: 'Text of the result' });
  const whole = TEXT + 'word '.repeat(2000);
  const characters = [...whole];
  const upTo = (share: number): string => characters.slice(0, Math.round(share * characters.length)).join('');
  const partial = (n: number, output: string) => ({ id, n, output: { output, partial: true }, media: [] });

  await test.step('text, token by token', async () => {
    await tell(app, 'runs.partial', [partial(1, TEXT)]);
    await expect(text.getByRole('heading', { name: 'Grüße' })).toBeVisible();
    await expect(text.getByRole('listitem')).toHaveText(['one', 'two 🏔️']);
    await expect(text).toContainText('<img src=x onerror=alert(1)>');
    await expectClean(page, 'a text that grows');
    await text.getByRole('link', { name: 'this' }).click();
    await expect
      .poll(() => app.evaluate(({ shell }) => Reflect.get(shell, 'opened')))
      .toBe('https://example.com/a');
    await page.evaluate(countCommits);
    const tokens = Array.from({ length: 200 }, (_, i) => partial(2 + i, upTo((i + 1) / 200)));
    await tell(app, 'runs.partial', tokens, 5);
    await expect(text).toContainText(`${'word '.repeat(2000).trim()}`);
    const counted: unknown = await page.evaluate(() => Reflect.get(window, '__counts'));
    const { commits, frames } = z.object({ commits: z.number(), frames: z.number() }).parse(counted);
    expect(commits).toBeGreaterThan(5);
    // The first is at once, and each of the others in a display frame of its own.
    expect(commits).toBeLessThanOrEqual(frames + 1);
    const fromEnd = () => text.evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight);
    expect(await fromEnd()).toBeLessThan(2);
    await text.hover();
    await page.mouse.wheel(0, -300);
    await expect.poll(fromEnd).toBeGreaterThan(100);
    await tell(app, 'runs.partial', [partial(300, `${whole}\n\nThe end.`)]);
    await expect(text).toContainText('The end.');
    expect(await fromEnd()).toBeGreaterThan(100);
    await text.getByRole('button', { name: 'Copy the text' }).click();
    await expect(page.getByText('Text copied')).toBeVisible();
    await expect.poll(copied).toBe(`${whole}\n\nThe end.`);
  });

  await test.step('the log', async () => {
    await ui.tab('Logs');
    const lines = Array.from({ length: 3000 }, (_, i) => ({
      message: i % 1000 === 500 ? `Needle ${i}` : `line ${i}`,
      level: i % 1000 === 500 ? 'ERROR' : 'INFO',
      timestamp: new Date(1_760_000_000_000 + i).toISOString(),
    }));
    const pieces = Array.from({ length: 30 }, (_, i) => ({
      id,
      entries: lines.slice(i * 100, (i + 1) * 100),
    }));
    await tell(app, 'runs.logged', pieces);
    const log = ui.result.getByRole('log');
    await expect(log.getByText('line 2999')).toBeVisible();
    expect(await log.locator('[data-index]').count()).toBeLessThan(120);
    await ui.result.getByRole('searchbox', { name: 'Find in the log' }).fill('needle');
    await page.keyboard.press('Enter');
    await expect(log.getByText('Needle 500')).toBeVisible();
    await expect(ui.result.getByText('1 of 3')).toBeVisible();
    await expectClean(page, 'a log that is searched');
    await ui.result.getByRole('button', { name: 'Copy the lines found' }).click();
    await expect(page.getByText('3 lines copied')).toBeVisible();
    await expect.poll(copied).toMatch(/Needle 500\n.*Needle 1500\n.*Needle 2500$/);
    // Escape empties the search and leaves the run alone.
    await page.keyboard.press('Shift+Tab');
    await ui.result.getByRole('searchbox').focus();
    await page.keyboard.press('Escape');
    await expect(ui.result.getByRole('searchbox')).toHaveValue('');
    await expect(ui.status).toHaveText('Running');
    await ui.result.getByRole('button', { name: 'Follow the end' }).click();
    await expect(log.getByText('line 2999')).toBeVisible();
  });

  await test.step('the result as a tree', async () => {
    fal.setFaults([]);
    await ui.tab('JSON');
    await ui.done();
    const row = (name: RegExp) => ui.tree.getByRole('treeitem', { name });
    await ui.tree.focus();
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowLeft']) await page.keyboard.press(key);
    await expect(row(/^Response/)).toHaveAttribute('aria-expanded', 'false');
    await expect(row(/^output/)).toHaveCount(0);
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await expect(row(/^output/)).toHaveAttribute('aria-selected', 'true');
    await page.keyboard.press('ControlOrMeta+c');
    await expect(page.getByText('Text copied').last()).toBeVisible();
    await expect.poll(copied).toMatch(/^## a lake\n/);
    await page.keyboard.press('ControlOrMeta+f');
    await page.keyboard.type('partial');
    await expect(ui.result.getByText('1 found')).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(row(/^partial/)).toHaveAttribute('aria-selected', 'true');
    await ui.result.getByRole('button', { name: 'Copy path' }).click();
    await expect(page.getByText('Path copied')).toBeVisible();
    await expect.poll(copied).toBe('partial');
  });
});

/** Runs in the page: how often the text changed, and how many display frames there were for it. */
function countCommits(): void {
  const counts = { commits: 0, frames: 0 };
  Reflect.set(window, '__counts', counts);
  const tick = (): void => {
    counts.frames += 1;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
  const box = document.querySelector('[aria-label="Text of the result"]');
  if (box === null) throw new Error('no text');
  new MutationObserver(() => {
    counts.commits += 1;
  }).observe(box, { childList: true, subtree: true, characterData: true });
}
