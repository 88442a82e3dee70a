import { rmSync } from 'node:fs';
import { expect } from './app.ts';
import type { Opened } from './app.ts';
import { KeySettings } from './key-settings.ts';
import { haveKeyring, test } from './keyring.ts';
import { LiveScreen } from './live-screen.ts';
import { commandLines, filesWith, formsOf, heapText, messages, pageText, recordingApp } from './leak.ts';

/** Unlike anything else that could stand anywhere. */
const CANARY = 'c4n4ry-9f31d7e0a6b24c58';
const KEY = `leak-test:${CANARY}`;
const WRONG_CANARY = 'wr0ng-5b7e20d9c1f8463a';
const WRONG = `leak-test:${WRONG_CANARY}`;

test('over a whole session a key crosses in one message and is found nowhere else', async ({
  launch,
  startFal,
  keyring,
  dataDir,
}) => {
  test.setTimeout(120_000);
  const fal = await startFal({ key: KEY });
  const appDir = recordingApp();
  const env = haveKeyring ? await keyring.unlocked() : {};
  const said: string[] = [];
  const open = async (): Promise<Opened & { readonly keys: KeySettings }> => {
    const opened = await launch({ fal, env, appDir });
    const child = opened.app.process();
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => said.push(chunk.toString('utf8')));
    return { ...opened, keys: new KeySettings(opened.page) };
  };
  const lookAround = async ({ page }: Opened, where: string): Promise<void> => {
    const text = await pageText(page);
    for (const secret of [CANARY, WRONG_CANARY]) {
      expect(text, `the page, ${where}`).not.toContain(secret);
      expect(
        commandLines().filter((line) => line.includes(secret)),
        `command lines, ${where}`,
      ).toEqual([]);
    }
  };

  const first = await open();
  const { ui, keys, page } = first;
  await test.step('keys refused, malformed and accepted', async () => {
    await ui.go('Settings');
    await keys.add('wrong', WRONG);
    await expect(keys.outcome).toContainText('fal did not accept the key');
    await lookAround(first, 'after a refusal');
    await keys.add('work', KEY);
    await expect(keys.outcome).toContainText('accepts “work”');
    await lookAround(first, 'after adding');
  });

  await test.step('runs that end well, fail, and are cancelled', async () => {
    await ui.go('Playground');
    await ui.prompt.fill('a hill with a secret');
    await ui.run();
    await ui.done();
    fal.setFaults(['completed-error']);
    await ui.run();
    await expect(ui.status).toHaveText('Failed');
    fal.setFaults(['hold:running']);
    await ui.run();
    await expect(ui.status).toHaveText('Running');
    await page.keyboard.press('Escape');
    await expect(ui.status).toHaveText('Cancelled');
    fal.setFaults([]);
    for (const tab of ['JSON', 'Logs', 'Timing', 'Preview']) await ui.tab(tab);
    await lookAround(first, 'after the runs');
  });

  await test.step('a live session', async () => {
    const live = new LiveScreen(page);
    await live.open('demo/hillside/realtime');
    await live.startButton.click();
    await expect(live.canvas).toBeVisible();
    await page.keyboard.press('k');
    await expect(page.getByText('Kept in History')).toBeVisible();
    await lookAround(first, 'the live screen');
  });

  await test.step('history, and what is done with a key', async () => {
    await ui.go('History');
    await page.locator('[data-tile]').first().click();
    await lookAround(first, 'the history');
    await ui.go('Settings');
    await keys.rename('work', 'home');
    await expect(keys.row('home')).toBeVisible();
    await lookAround(first, 'settings');
    await page.getByRole('button', { name: /^Profile:/ }).click();
    await lookAround(first, 'the menu');
    await page.keyboard.press('Escape');
  });

  await test.step('the page’s memory once it was swept', async () => {
    const heap = await heapText(page);
    expect(heap).toContain('Keys are kept');
    expect(heap.includes(CANARY), 'the heap').toBe(false);
    expect(heap.includes(WRONG_CANARY), 'the heap, of the refused key').toBe(false);
  });

  const crossed = await messages(first.app);
  await first.close();

  const second = await open();
  await test.step('the next start', async () => {
    await expect(second.ui.prompt).toBeVisible();
    await lookAround(second, 'after a restart');
    if (haveKeyring) {
      await second.ui.run();
      await second.ui.done();
    }
    await second.ui.go('Settings');
    await second.keys.remove('home');
    await expect(second.keys.names).toHaveText(['Local server', 'Demo']);
    await lookAround(second, 'after removing');
  });
  crossed.push(...(await messages(second.app)));
  await second.close();

  // Both recorders were at work: commands, answers and events are among what they heard.
  expect(crossed.length).toBeGreaterThan(100);
  expect(crossed.filter(({ to, channel }) => to === 'window' && channel === 'profiles.changed')).not.toEqual(
    [],
  );
  for (const secret of [CANARY, WRONG_CANARY])
    expect(
      crossed.filter(({ text }) => text.includes(secret)).map(({ to, channel }) => `${channel} to ${to}`),
    ).toEqual(['keys.add to main']);

  const disk = filesWith(dataDir, [...formsOf(CANARY), ...formsOf(WRONG_CANARY)]);
  expect(disk.found, 'files').toEqual([]);
  expect(disk.searched).toBeGreaterThan(2);
  expect(said.join('')).not.toMatch(new RegExp(`${CANARY}|${WRONG_CANARY}`));
  rmSync(appDir, { recursive: true, force: true });
});

test('the search finds what is there', () => {
  for (const around of ['', '"', 'a:', 'ab:'])
    expect(
      formsOf(CANARY).some((form) =>
        Buffer.from(Buffer.from(`${around}${CANARY}${around}`).toString('base64')).includes(form),
      ),
    ).toBe(true);
  expect(commandLines().some((line) => line.includes('playwright'))).toBe(process.platform === 'linux');
});
