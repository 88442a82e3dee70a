import { LONG } from '../../playwright.config.ts';
import type { TestFal } from '../local-fal/index.ts';
import { PUSH_ID, ringModels, RING_ID } from '../local-fal/ring.ts';
import { expect, test } from './app.ts';
import type { LaunchOptions, Opened } from './app.ts';
import { LiveScreen } from './live-screen.ts';
import { sketchModel } from './sketch-model.ts';

const env = { FAL_KEY: 'demo:demo' };
/** Asks a live model's address makes of the server before its socket opens. */
const tokens = (fal: TestFal): number => fal.requests().filter(({ path }) => path.includes('token')).length;

async function openRing(
  launch: (options?: LaunchOptions) => Promise<Opened>,
  fal: TestFal,
): Promise<LiveScreen> {
  const { page } = await launch({ fal, env });
  const live = new LiveScreen(page);
  await live.open(RING_ID);
  await expect(live.startButton).toBeEnabled();
  return live;
}

const box = (live: LiveScreen) => live.request.getByRole('textbox', { name: 'Value' });

test('the picture follows a dragged slider to its last value, and no older frame comes after a newer one', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: await ringModels() });
  const live = await openRing(launch, fal);
  await live.startButton.click();
  await live.shows(0);
  await live.canvas.evaluate((canvas) => {
    const frames: number[] = [];
    Reflect.set(window, 'frames', frames);
    new MutationObserver((changes) => {
      for (const _ of changes) frames.push(Number(canvas.getAttribute('data-frame')));
    }).observe(canvas, { attributeFilter: ['data-frame'] });
  });
  await live.drag('Value', [0.1, 0.8], 60);
  const last = Number(await box(live).inputValue());
  expect(last).toBeGreaterThan(150);
  await live.shows(last);
  const frames: unknown = await live.page.evaluate(() => Reflect.get(window, 'frames'));
  expect(frames).toEqual([...(Array.isArray(frames) ? frames : [])].sort((a, b) => a - b));
  expect(Array.isArray(frames) && frames.length).toBeGreaterThan(3);
});

test(
  'of many changes within one display frame the last is the one that counts',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ extraModels: await ringModels() });
    const live = await openRing(launch, fal);
    await box(live).evaluate((input) => {
      const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set;
      for (let value = 1; value <= 90; value += 1) {
        write?.call(input, String(value));
        input.dispatchEvent(new Event('input', { bubbles: true }));
      }
    });
    await live.shows(90);
    // The first, which goes at once, and the last.
    expect((await live.shown()).mark).toBe(2);
  },
);

test('opening the screen sends nothing; Start does, without a change', async ({ launch, startFal }) => {
  const fal = await startFal({ extraModels: await ringModels() });
  const live = await openRing(launch, fal);
  await expect(live.page.getByRole('heading', { name: 'Change anything, and watch' })).toBeVisible();
  await expect(live.state).toHaveText('Not connected');
  // The catalogue and the document have been read by now; nothing else was asked for.
  expect(tokens(fal)).toBe(0);
  await live.page.keyboard.press('ControlOrMeta+Enter');
  await live.shows(0);
  await expect(live.state).toHaveText('Live');
  expect(tokens(fal)).toBe(1);
  const { mark } = await live.shown();
  await live.startButton.click();
  await expect.poll(async () => (await live.shown()).mark).toBe(mark + 1);
  await expect.poll(() => live.instrument('Inputs sent')).toBe(2);
});

test('frozen, the picture stays and nothing is sent; afterwards only the newest change is', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: await ringModels() });
  const live = await openRing(launch, fal);
  await box(live).fill('100');
  await live.shows(100);
  await live.slider('Value').focus();
  await live.page.keyboard.press('f');
  await expect(live.state).toHaveText('Live, frozen');
  const before = await live.shown();
  // The instruments follow a moment later.
  await expect.poll(() => live.instrument('Inputs sent')).toBe(before.mark);
  for (let i = 0; i < 8; i += 1) await live.page.keyboard.press('ArrowRight');
  await expect(box(live)).toHaveValue('108');
  expect(await live.shown()).toEqual(before);
  await live.page.keyboard.press('f');
  await live.shows(108);
  expect((await live.shown()).mark).toBe(before.mark + 1);
  await expect.poll(() => live.instrument('Inputs sent')).toBe(before.mark + 1);
  // A letter typed into a text is a letter.
  await box(live).focus();
  await live.page.keyboard.press('f');
  await expect(live.state).toHaveText('Live');
});

test(
  'single keys can be turned off, and stay off after a restart like the instruments',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ extraModels: await ringModels() });
    const first = await launch({ fal, env });
    const before = new LiveScreen(first.page);
    await before.open(RING_ID);
    await before.startButton.click();
    await before.shows(0);
    await expect(before.stage.getByRole('button', { name: 'Freeze F' })).toBeVisible();
    await first.page.keyboard.press('i');
    await expect(first.page.locator('dl[aria-label="Instruments"]')).toHaveCount(0);
    await before.go('Settings');
    const keys = first.page.getByRole('switch', { name: 'Single-key shortcuts' });
    await expect(keys).toBeChecked();
    await keys.click();
    await expect(keys).not.toBeChecked();
    await first.close();

    const second = await launch({ fal, env });
    const live = new LiveScreen(second.page);
    await live.open(RING_ID);
    await live.startButton.click();
    await live.shows(0);
    const numbers = second.page.locator('dl[aria-label="Instruments"]');
    await expect(numbers).toHaveCount(0);
    for (const key of ['f', 'k', 'i', 'v']) await second.page.keyboard.press(key);
    // The buttons do what the keys did, and name none.
    await live.stage.getByRole('button', { name: 'Keep', exact: true }).click();
    await expect(second.page.getByText('Kept in History')).toHaveCount(1);
    await expect(live.request).toBeVisible();
    await expect(numbers).toHaveCount(0);
    await expect(live.state).toHaveText('Live');
    await live.stage.getByRole('button', { name: 'Freeze', exact: true }).click();
    await expect(live.state).toHaveText('Live, frozen');
    await live.stage.getByRole('button', { name: 'Instruments' }).click();
    await expect(numbers).toBeVisible();
    await live.stage.getByRole('button', { name: 'Full view' }).hover();
    await expect(second.page.getByText('Full view', { exact: true })).toBeVisible();
    await expect(second.page.locator('kbd').filter({ hasText: /^[FKIV]$/ })).toHaveCount(0);
  },
);

test(
  'frozen before a model that goes on sending, the picture in sight can still be kept',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ extraModels: await ringModels() });
    const { page } = await launch({ fal, env });
    const live = new LiveScreen(page);
    await live.open(PUSH_ID);
    await expect(live.startButton).toBeEnabled();
    await live.startButton.click();
    await expect.poll(async () => (await live.shown()).frame).toBeGreaterThan(5);
    await page.keyboard.press('f');
    await expect(live.state).toHaveText('Live, frozen');
    const before = await live.shown();
    const received = await live.instrument('Answers received');
    await expect.poll(() => live.instrument('Answers received')).toBeGreaterThan(received + 30);
    expect(await live.shown()).toEqual(before);
    await page.keyboard.press('k');
    await expect(page.getByText('Kept in History')).toBeVisible();
    await page.keyboard.press('f');
    await expect.poll(async () => (await live.shown()).frame).toBeGreaterThan(before.frame + 30);
  },
);

test('a lost connection says so, keeps the picture, and comes back with the newest input', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: await ringModels() });
  const live = await openRing(launch, fal);
  await box(live).fill('33');
  await live.shows(33);
  fal.setFaults(['cut']);
  await box(live).fill('44');
  await expect(live.state).toHaveText('Connection lost');
  await live.shows(33);
  // In vain, and then by itself.
  await live.stage.getByRole('button', { name: 'Try now' }).click();
  fal.setFaults([]);
  await live.shows(44);
  await expect(live.state).toHaveText('Live');
});

test(
  'an input the model does not take is said beside the picture, and the session goes on',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ extraModels: await ringModels() });
    const live = await openRing(launch, fal);
    await box(live).fill('10');
    await live.shows(10);
    fal.setFaults(['live-status-error']);
    await box(live).fill('11');
    await expect(live.stage.getByText('The runner is busy')).toBeVisible();
    await live.shows(10);
    await box(live).fill('12');
    await live.shows(12);
    await expect(live.stage.getByText('The runner is busy')).toHaveCount(0);
  },
);

test('a kept frame is found after a restart and opens again in Realtime with the same input', async ({
  launch,
}) => {
  const first = await launch();
  const live = new LiveScreen(first.page);
  await live.go('Realtime');
  await live.prompt.fill('bare mountains in winter');
  await live.slider('Mist').focus();
  for (let i = 0; i < 7; i += 1) await first.page.keyboard.press('ArrowRight');
  await expect(live.canvas).toBeVisible();
  // The prompt alone was an input too, and its picture may still be the one in sight.
  await expect(live.canvas).not.toHaveAttribute('data-mark', '1');
  await first.page.keyboard.press('k');
  await expect(first.page.getByText('Kept in History')).toBeVisible();
  const kept = first.page.getByRole('list', { name: 'Kept frames' }).getByRole('button');
  await expect(kept).toHaveCount(1);
  // What is kept is the picture in sight, which may be a step behind the slider.
  const page = await first.page.evaluate(() =>
    window.playground.commands['runs.page']({ before: null, limit: 1, endpointId: null }),
  );
  const mist = page.ok ? page.value.runs[0]?.input['mist'] : null;
  expect(mist).toBeGreaterThan(0.35);
  await kept.click();
  await expect(first.page.getByRole('region', { name: 'Run' })).toBeVisible();
  await first.close();

  const second = await launch();
  const again = new LiveScreen(second.page);
  await again.go('History');
  await second.page.getByRole('button', { name: /kept from Realtime/ }).click();
  await again.decodedSize(
    second.page.getByRole('region', { name: 'Run' }).getByRole('img', { name: /^Result:/ }),
  );
  await second.page.getByRole('button', { name: 'Open in Realtime' }).click();
  await expect(again.prompt).toHaveValue('bare mountains in winter');
  await expect(again.request.getByRole('textbox', { name: 'Mist' })).toHaveValue(String(mist));
  await expect(again.state).toHaveText('Not connected');
  await again.startButton.click();
  await expect(again.canvas).toBeVisible();
});

test('a model that does not answer live says so and can be run by the queue with the same request', async ({
  launch,
}) => {
  const { page } = await launch();
  const live = new LiveScreen(page);
  await live.go('Realtime');
  const other = page.getByRole('option');
  await page.keyboard.press('ControlOrMeta+k');
  await expect(other.first()).toContainText('realtime');
  await other.filter({ hasNotText: 'realtime' }).first().click();
  await expect(page.getByRole('heading', { name: 'This model is not known to answer live' })).toBeVisible();
  await live.prompt.fill('hills by the queue');
  await page.getByRole('button', { name: 'Run by the queue' }).click();
  await expect(live.runButton).toBeVisible();
  await expect(live.prompt).toHaveValue('hills by the queue');
});

test('full view shows the picture alone, and Escape leads back to where the focus was', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: await ringModels() });
  const live = await openRing(launch, fal);
  await box(live).fill('5');
  await live.shows(5);
  await live.slider('Value').focus();
  await live.page.keyboard.press('v');
  await expect(live.request).toBeHidden();
  await expect(live.page.getByRole('navigation', { name: 'Screens' })).toHaveCount(0);
  await live.shows(5);
  await live.page.keyboard.press('Escape');
  await expect(live.request).toBeVisible();
  await expect(live.slider('Value')).toBeFocused();
});

test('a drawn picture goes to the model at each stroke, and an answer without a picture is shown as text', async ({
  launch,
  startFal,
}) => {
  const { model, pictures } = sketchModel();
  const fal = await startFal({ extraModels: [model] });
  const { page } = await launch({ fal, env });
  const live = new LiveScreen(page);
  await live.open(model.endpointId);
  await live.request.getByRole('button', { name: 'Draw the picture for Image' }).click();
  const sheet = page.getByRole('img', { name: 'Drawing' });
  const place = await sheet.boundingBox();
  if (place === null) throw new Error('The sheet is not in sight.');
  const stroke = async (y: number): Promise<void> => {
    await page.mouse.move(place.x + 20, place.y + y);
    await page.mouse.down();
    await page.mouse.move(place.x + 200, place.y + y, { steps: 5 });
    await page.mouse.up();
  };
  const thumb = live.request.getByRole('group', { name: 'Image', exact: true }).locator('img');
  /** The drawing as it is stored once a stroke is done, and as the model must get it. */
  const stored = async (not: string | null): Promise<{ src: string; uri: string }> => {
    await expect.poll(() => thumb.getAttribute('src')).toMatch(/^\/media\//);
    if (not !== null) await expect(thumb).not.toHaveAttribute('src', not);
    await expect.poll(() => thumb.getAttribute('src')).toMatch(/^\/media\//);
    const src = (await thumb.getAttribute('src')) ?? '';
    const bytes = await page.evaluate(
      async (address) => [...new Uint8Array(await (await fetch(address)).arrayBuffer())],
      src,
    );
    return { src, uri: `data:image/png;base64,${Buffer.from(bytes).toString('base64')}` };
  };
  await stroke(40);
  const first = await stored(null);
  await expect.poll(() => pictures.at(-1)).toBe(first.uri);
  await expect(live.stage.getByLabel('Answer')).toContainText(`a picture of ${first.uri.length} characters`);
  await stroke(120);
  const second = await stored(first.src);
  await expect.poll(() => pictures.at(-1)).toBe(second.uri);
  await page.getByRole('button', { name: 'Undo the last stroke' }).click();
  await expect.poll(() => pictures.at(-1)).toBe(first.uri);
  await page.keyboard.press('Escape');
  await expect(sheet).toHaveCount(0);
  await expect(live.request.getByText('drawing.png')).toBeVisible();
});
