import { expect, test } from './app.ts';
import { expectClean } from './clean.ts';
import { quickModels, RUNS, startAll } from './fifty.ts';
import { JobsTray } from './jobs-tray.ts';
import { System } from './system.ts';

const env = { FAL_KEY: 'demo:demo' };

test('the tray shows what runs and what waits, over all models, and takes orders by keyboard', async ({
  launch,
  startFal,
}) => {
  const { models } = quickModels();
  const fal = await startFal({ faults: ['hold:running'], pace: 0, extraModels: models });
  const { page, ui } = await launch({ fal, env });
  const tray = new JobsTray(page);
  const run = async (prompt: string): Promise<void> => {
    await ui.prompt.fill(prompt);
    await ui.run();
  };
  const waiting = (...prompts: string[]) => expect(tray.rows('Waiting')).toHaveText(prompts.map(startsWith));

  await test.step('how many run at once is the person’s, and the others wait in order', async () => {
    await tray.toggle();
    await expect(tray.panel).toBeFocused();
    const most = () => page.evaluate(() => window.playground.commands['runs.most'](null));
    const before = await most();
    await tray.most.fill('1');
    // At every key a number half written would send what waits.
    expect(await most()).toEqual(before);
    await page.keyboard.press('Escape');
    await expect(tray.most).not.toHaveValue('1');
    await tray.most.fill('1');
    await page.keyboard.press('Enter');
    await expect.poll(most).toEqual({ ok: true, value: 1 });
    await page.keyboard.press('Escape');
    await expect(tray.panel).toBeHidden();
    for (const prompt of ['first', 'second', 'third', 'fourth']) {
      await run(prompt);
      await expect(ui.result.getByRole('button', { name: startsWith(prompt) })).toBeVisible();
    }
    await expect(tray.mark).toHaveText('Jobs: 1 running · 3 waiting');
    await tray.mark.click();
    await expect(tray.rows('Under way')).toHaveText([startsWith('first')]);
    await waiting('second', 'third', 'fourth');
    await expectClean(page, 'the jobs');
  });

  await test.step('what waits is put in another order, and the focus stays with it', async () => {
    await tray.button('Send fourth next').focus();
    await page.keyboard.press('Enter');
    await waiting('fourth', 'second', 'third');
    await expect(tray.button('Send fourth next')).toBeFocused();
    await page.keyboard.press('Alt+ArrowDown');
    await waiting('second', 'fourth', 'third');
    await expect(tray.button('Send fourth next')).toBeFocused();
    await expect(tray.panel.getByText('fourth moved to 2 of 3')).toBeAttached();
    await tray.rows('Waiting').nth(2).getByTitle('Drag to move').hover();
    await page.mouse.down();
    await page.mouse.move(0, 0, { steps: 3 });
    await page.mouse.up();
    await waiting('third', 'second', 'fourth');
  });

  await test.step('removed, it is gone and the focus is with the next', async () => {
    await tray.button('Remove second').focus();
    await page.keyboard.press('Enter');
    await waiting('third', 'fourth');
    await expect(tray.button('Remove fourth')).toBeFocused();
  });

  await test.step('Escape closes the tray and leaves the run in sight alone', async () => {
    await page.keyboard.press('Escape');
    await expect(tray.panel).toBeHidden();
    await expect(tray.mark).toBeFocused();
    await expect(ui.status).toHaveText('Waiting for its turn');
  });

  await test.step('a run is opened at its model from any screen', async () => {
    await ui.go('Settings');
    await tray.toggle();
    await tray.panel.getByRole('button', { name: startsWith('third') }).click();
    await expect(tray.panel).toBeHidden();
    await expect(ui.result.getByRole('button', { name: startsWith('third'), pressed: true })).toBeVisible();
  });

  await test.step('all are cancelled, those that wait first: nothing of them was sent', async () => {
    await tray.toggle();
    await tray.button('Cancel all').click();
    await expect(tray.rows('Just ended')).toHaveText([/^first/, /^fourth/, /^third/, /^second/]);
    await expect(tray.mark).toHaveText('Jobs: Jobs');
    expect(
      fal.requests().filter(({ method, path }) => method === 'POST' && path.includes('queue/')),
    ).toHaveLength(1);
  });

  await test.step('the last row that is drawn is moved down by one, past those that are not', async () => {
    expect(await startAll(page)).toBe(RUNS);
    const rows = tray.rows('Waiting');
    await expect(rows).toHaveCount(30);
    const down = rows.nth(29).getByRole('button', { name: /^Move .* down$/ });
    const title = `${/^Move (.*) down$/.exec((await down.getAttribute('aria-label')) ?? '')?.[1]}`;
    await down.click();
    await expect(tray.panel.getByText(`${title} moved to 31 of ${RUNS - 1}`)).toBeAttached();
    await tray.button(`Show all ${RUNS - 1}`).click();
    await expect(rows.nth(30)).toHaveText(startsWith(title));
    await tray.button('Cancel all').click();
    await expect(tray.part('Waiting')).toBeHidden();
  });
});

test('what waited when the program stopped is sent when a person says so', async ({ launch, startFal }) => {
  const fal = await startFal({ faults: ['hold:running'], pace: 0 });
  const first = await launch({ fal, env });
  await first.page.evaluate(() => window.playground.commands['runs.setMost']({ most: 1 }));
  for (const prompt of ['goes on', 'waits on', 'is not wanted']) {
    await first.ui.prompt.fill(prompt);
    await first.ui.run();
    await expect(first.ui.result.getByRole('button', { name: startsWith(prompt) })).toBeVisible();
  }
  await first.close();
  fal.setFaults([]);

  const { page, ui } = await launch({ fal, env });
  const tray = new JobsTray(page);
  await expect(tray.mark).toHaveText('Jobs: 2 not sent');
  await tray.mark.click();
  await expect(tray.rows('Not sent')).toHaveText([startsWith('waits on'), startsWith('is not wanted')]);
  await expectClean(page, 'jobs that were not sent');
  await tray.button('Remove is not wanted').click();
  await expect(tray.rows('Not sent')).toHaveCount(1);
  await tray.button('Send them').click();
  await expect(tray.rows('Just ended').first()).toHaveText(/^waits on.*Done/);
  await page.keyboard.press('Escape');
  await expect(ui.result.getByRole('button', { name: startsWith('waits on') })).toBeVisible();
});

test('the system says what ended while the window was elsewhere, and how far all is', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ faults: ['hold:running'], pace: 0 });
  const { app, page, ui } = await launch({ fal, env });
  const system = new System(app);
  const tray = new JobsTray(page);
  await system.watch();
  const begin = async (...prompts: string[]): Promise<void> => {
    for (const prompt of prompts) {
      await ui.prompt.fill(prompt);
      await ui.run();
      await expect(ui.result.getByRole('button', { name: startsWith(prompt) })).toBeVisible();
    }
  };

  await test.step('one that ends is named, and a click opens it', async () => {
    await begin('a lonely wren');
    await expect.poll(() => system.shares()).toEqual([0]);
    await ui.go('Settings');
    await system.leave();
    fal.setFaults([]);
    await expect.poll(() => system.told()).toEqual(['Done: a lonely wren | demo/hillside']);
    expect(await system.shares()).toEqual([0, -1]);
    await system.click();
    await expect.poll(() => system.inFront()).toBe(true);
    await expect(
      ui.result.getByRole('button', { name: startsWith('a lonely wren'), pressed: true }),
    ).toBeVisible();
  });

  await test.step('several are counted, and a click on their word shows them', async () => {
    fal.setFaults(['hold:running', 'completed-error']);
    await begin('two wrens', 'three wrens');
    await system.leave();
    fal.setFaults(['completed-error']);
    await expect.poll(() => system.told()).toHaveLength(2);
    expect((await system.told())[1]).toBe('2 runs ended | 2 failed');
    await system.click();
    await expect(tray.rows('Just ended')).toHaveCount(3);
    await page.keyboard.press('Escape');
  });

  await test.step('who does not want to know is told nothing', async () => {
    await ui.go('Settings');
    await page.getByRole('switch', { name: 'Say when a run ends' }).click();
    await ui.go('Playground');
    fal.setFaults([]);
    await system.leave();
    await begin('the last wren');
    await ui.done();
    await expect.poll(() => system.shares().then((shares) => shares.at(-1))).toBe(-1);
    await ui.go('Settings');
    await page.getByRole('switch', { name: 'Say when a run ends' }).click();
    await ui.go('Playground');
    await begin('a new wren');
    // Had the one before been told of, or gathered to be, it would show in this word or before it.
    await expect.poll(() => system.told().then((told) => told[2])).toBe('Done: a new wren | demo/hillside');
  });
});

const startsWith = (text: string): RegExp => new RegExp(`^${text}`);
