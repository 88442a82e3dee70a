import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { _electron, expect } from '@playwright/test';
import type { ElectronApplication } from '@playwright/test';
import { KINDS_ID, kindsModel } from '../test/e2e/kinds-model.ts';
import { LiveScreen } from '../test/e2e/live-screen.ts';
import { Playground } from '../test/e2e/playground.ts';
import { startTestFal } from '../test/local-fal/index.ts';
import { ensureBuilt, ensureChromium, realElectron, root, standin } from './tools.ts';

/**
 * Walks the screens as a person would and takes their pictures, in both themes. Those of the README go to
 * docs/screenshots, the others to .screenshots; `--out DIR` takes all, `--only NAME` leaves out the rest.
 */

interface Shot {
  readonly name: string;
  /** Committed, and shown in the README. */
  readonly kept?: boolean;
  readonly reach: (ui: Playground) => Promise<void>;
  /** Puts back what the next shots do not expect. */
  readonly leave?: (ui: Playground) => Promise<void>;
}

/** Made before the first picture, so that the history is not empty; the last one is seen as the result. */
const SEEDED = [
  { prompt: 'aurora over a frozen fjord, starry night', seed: 3 },
  { prompt: 'desert dunes at noon', seed: 21, image_size: 'landscape_16_9' },
  { prompt: 'forest lake at sunset, birds', seed: 7, style: 'ink' },
  { prompt: 'forest lake at sunset, birds', seed: 7, style: 'print' },
  { prompt: 'autumn hills after the rain', seed: 5 },
  { prompt: 'a storm over the sea', seed: 9, style: 'oil' },
  { prompt: 'snowy alps in spring', seed: 14, image_size: 'square' },
  { prompt: 'misty mountains at dawn over a still lake', seed: 12 },
] as const;

const LIVE_PROMPT = 'a still lake among wooded hills';
/** Painting takes longer on a busy machine. */
const PATIENT = { timeout: 60_000 };
const PROMPT = 'misty mountains at dawn over a still lake';

const SHOTS: readonly Shot[] = [
  {
    name: 'history-empty',
    reach: (ui) => ui.go('History'),
    leave: (ui) => ui.go('Playground'),
  },
  {
    name: 'playground-empty',
    reach: async (ui) => {
      await expect(ui.prompt).toBeVisible();
    },
  },
  {
    name: 'refused',
    reach: async (ui) => {
      await ui.run();
      await expect(ui.request.getByRole('alert')).toBeVisible();
    },
  },
  {
    name: 'realtime-idle',
    reach: async (ui) => {
      await ui.go('Realtime');
      await expect(new LiveScreen(ui.page).startButton).toBeEnabled();
    },
  },
  {
    name: 'realtime',
    kept: true,
    reach: async (ui) => {
      const live = new LiveScreen(ui.page);
      await live.prompt.fill(LIVE_PROMPT);
      await live.slider('Time Of Day').focus();
      // Keys that come faster than pictures share one, so each group waits for its own.
      for (let answers = 1; answers <= 5; answers += 1) {
        for (let i = 0; i < 8; i += 1) await ui.page.keyboard.press('ArrowRight');
        await expect(live.canvas).toBeVisible(PATIENT);
        await expect.poll(() => live.instrument('Answers received'), PATIENT).toBeGreaterThanOrEqual(answers);
      }
    },
    leave: (ui) => ui.go('Playground'),
  },
  {
    name: 'playground',
    reach: async (ui) => {
      await seed(ui);
      await ui.requestView('Form');
      await ui.request.getByRole('button', { name: 'Reset', exact: true }).click();
      await ui.page.locator('[data-toasts] [aria-label="Close"]').click();
      await ui.prompt.fill('a wren on a fence post, autumn hills behind it, first light');
      await ui.request.getByRole('button', { name: /\d+ more/ }).click();
    },
    leave: async (ui) => {
      await ui.request.getByRole('button', { name: 'Fewer' }).click();
    },
  },
  {
    name: 'running',
    kept: true,
    reach: async (ui) => {
      await ui.prompt.fill(PROMPT);
      await ui.run();
      await expect(ui.result.getByText(/step (1[0-9]|2[0-9]) of/).first()).toBeVisible();
    },
    leave: (ui) => ui.done(),
  },
  {
    name: 'result',
    kept: true,
    reach: async (ui) => {
      await ui.request.getByRole('button', { name: 'Hold the last seed' }).click();
      await ui.decodedSize(ui.picture);
      await ui.page.getByRole('button', { name: 'Run', exact: false }).first().focus();
    },
  },
  { name: 'result-json', reach: (ui) => ui.tab('JSON') },
  { name: 'result-logs', reach: (ui) => ui.tab('Logs') },
  { name: 'result-timing', reach: (ui) => ui.tab('Timing'), leave: (ui) => ui.tab('Preview') },
  { name: 'request-json', reach: (ui) => ui.requestView('JSON'), leave: (ui) => ui.requestView('Form') },
  { name: 'request-code', reach: (ui) => ui.requestView('Code'), leave: (ui) => ui.requestView('Form') },
  {
    name: 'sweep',
    reach: async (ui) => {
      await ui.request.getByRole('button', { name: /^×n/ }).click();
      await ui.page.getByRole('menuitem', { name: 'Sweep over fields…' }).click();
      await ui.page.getByRole('combobox', { name: 'Across: field' }).click();
      await ui.page.getByRole('option', { name: 'Style' }).click();
      await expect(ui.page.getByRole('button', { name: /^Send \d+ runs$/ })).toBeVisible();
    },
    leave: (ui) => ui.page.keyboard.press('Escape'),
  },
  {
    name: 'presets',
    reach: async (ui) => {
      await ui.page.getByRole('button', { name: 'Presets', exact: true }).click();
      await expect(ui.page.getByRole('menuitem', { name: 'Save as a preset…' })).toBeVisible();
    },
    leave: (ui) => ui.page.keyboard.press('Escape'),
  },
  {
    name: 'cancelled',
    reach: async (ui) => {
      await ui.prompt.fill('not this one');
      await ui.run();
      await expect(ui.status).toHaveText('Running');
      await ui.page.keyboard.press('Escape');
      await expect(ui.status).toHaveText('Cancelled');
    },
  },
  {
    name: 'picker',
    reach: async (ui) => {
      await ui.page.keyboard.press('ControlOrMeta+k');
      await expect(ui.page.getByRole('option')).toHaveCount(3);
    },
    leave: (ui) => ui.page.keyboard.press('Escape'),
  },
  {
    name: 'history',
    kept: true,
    reach: async (ui) => {
      await ui.go('History');
      await ui.page
        .getByRole('button', { name: /aurora/ })
        .first()
        .click();
      await ui.decodedSize(
        ui.page.getByRole('region', { name: 'Run' }).getByRole('img', { name: /^Result:/ }),
      );
    },
    leave: (ui) => ui.page.keyboard.press('Escape'),
  },
  { name: 'history-grid', reach: async (ui) => expect(ui.page.locator('[data-tile]').first()).toBeVisible() },
  { name: 'settings', reach: (ui) => ui.go('Settings') },
  {
    name: 'no-key',
    reach: async (ui) => {
      await ui.page.getByRole('button', { name: 'Use fal' }).click();
      await ui.go('Playground');
      await expect(ui.page.getByRole('alert').first()).toBeVisible({ timeout: 60_000 });
    },
  },
];

/** Of an app with a server of its own, which breaks the connection. */
const LOST: Shot = {
  name: 'realtime-lost',
  reach: async (ui) => {
    const live = new LiveScreen(ui.page);
    await live.slider('Mist').focus();
    await ui.page.keyboard.press('ArrowRight');
    await expect(live.state).toHaveText('Connection lost', PATIENT);
  },
};

/** Results of every other kind, of a model that answers with what it is asked for. */
const KINDS: readonly Shot[] = [
  kindShot('sound'),
  kindShot('stems'),
  kindShot('transcript'),
  {
    name: 'kind-captions',
    reach: async (ui) => {
      await kindShot('captions').reach(ui);
      await ui.result.getByRole('button', { name: 'File 2 of 2' }).click();
      await expect(ui.result.getByRole('region', { name: 'Transcript' })).toBeVisible();
    },
  },
  kindShot('everything'),
  kindShot('table'),
  kindShot('archive'),
  kindShot('score'),
  kindShot('broken picture'),
  kindShot('packed object'),
  kindShot('private'),
  {
    name: 'kind-object',
    reach: async (ui) => {
      await kindShot('object').reach(ui);
      await expect(ui.result.getByRole('group', { name: 'View of the object' })).toBeVisible(PATIENT);
    },
  },
];

function kindShot(kind: string): Shot {
  return {
    name: `kind-${kind.replaceAll(' ', '-')}`,
    reach: async (ui) => {
      await ui.prompt.fill(kind);
      await ui.run();
      const made = ui.result.getByRole('list', { name: 'last results' });
      await made.getByRole('button', { name: new RegExp(`^${kind}, `) }).click();
      await ui.done();
      await expect(ui.result.locator('svg[data-drawn="false"]')).toHaveCount(0);
    },
  };
}

const { values } = parseArgs({ options: { out: { type: 'string' }, only: { type: 'string' } } });
await ensureBuilt();
const electron = realElectron({ download: false });
if (electron === null) ensureChromium();
// One shot may need what another prepared, so all are walked up to the wanted one; only its pictures are written.
const last =
  values.only === undefined ? SHOTS.length - 1 : SHOTS.findIndex((shot) => shot.name === values.only);
const wanted = (shot: Shot): boolean => values.only === undefined || values.only === shot.name;
if (![...SHOTS, ...KINDS, LOST].some(wanted)) {
  const names = [...SHOTS, ...KINDS, LOST].map((shot) => shot.name).join(', ');
  console.error(`There is no shot called ${values.only}; there are ${names}.`);
  process.exit(2);
}
for (const theme of ['dark', 'light']) {
  if (last !== -1) await walk(theme);
  if (KINDS.some(wanted)) await showKinds(theme);
  if (wanted(LOST)) await loseConnection(theme);
}

async function walk(theme: string): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'playground-'));
  const app = await open(dataDir);
  try {
    const page = await app.firstWindow();
    const ui = new Playground(page);
    await page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await ui.go('Settings');
    await page.getByRole('button', { name: theme === 'dark' ? 'Dark' : 'Light', exact: true }).click();
    await ui.go('Playground');
    await expect(ui.prompt).toBeVisible();
    for (const shot of SHOTS.slice(0, last + 1)) {
      await shot.reach(ui);
      if (wanted(shot)) await take(ui, shot, theme);
      await shot.leave?.(ui);
    }
  } finally {
    await app.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function showKinds(theme: string): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'playground-'));
  const fal = await startTestFal({ extraModels: [kindsModel()] });
  const app = await open(dataDir, fal.url);
  try {
    const ui = new Playground(await app.firstWindow());
    await ui.page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await ui.go('Settings');
    await ui.page.getByRole('button', { name: theme === 'dark' ? 'Dark' : 'Light', exact: true }).click();
    await ui.go('Playground');
    await ui.pickModel('kinds', KINDS_ID);
    for (const shot of KINDS.filter(wanted)) {
      await shot.reach(ui);
      await take(ui, shot, theme);
    }
  } finally {
    await app.close();
    await fal.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function loseConnection(theme: string): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'playground-'));
  const fal = await startTestFal();
  const app = await open(dataDir, fal.url);
  try {
    const live = new LiveScreen(await app.firstWindow());
    await live.page.getByRole('navigation', { name: 'Screens' }).waitFor();
    await live.go('Settings');
    await live.page.getByRole('button', { name: theme === 'dark' ? 'Dark' : 'Light', exact: true }).click();
    await live.go('Realtime');
    await live.startButton.click();
    await expect(live.canvas).toBeVisible(PATIENT);
    fal.setFaults(['cut']);
    await LOST.reach(live);
    await take(live, LOST, theme);
  } finally {
    await app.close();
    await fal.close();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function take(ui: Playground, shot: Shot, theme: string): Promise<void> {
  const dir = resolve(values.out ?? join(root, shot.kept ? 'docs/screenshots' : '.screenshots'));
  mkdirSync(dir, { recursive: true });
  const path = join(dir, `${shot.name}-${theme}.jpg`);
  await ui.page.mouse.move(0, 0);
  await ui.page.screenshot({ path, type: 'jpeg', quality: 88, animations: 'disabled' });
  console.log(path);
}

/** Runs the seeded requests all at once and waits until the newest is done. */
async function seed(ui: Playground): Promise<void> {
  for (const request of SEEDED) {
    await ui.writeJson(request);
    await ui.run();
    await expect(ui.status).toHaveText(/queue|running|done/i);
  }
  await expect(ui.page.getByRole('button', { name: /^Jobs: .*\d/ })).toHaveCount(0, { timeout: 120_000 });
  await ui.done();
}

/** The demo, or with the server that is named a key for it. */
function open(dataDir: string, hosts?: string): Promise<ElectronApplication> {
  const env = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) =>
      value === undefined || name.startsWith('FAL_') ? [] : [[name, value]],
    ),
  );
  return _electron.launch({
    executablePath: electron ?? standin,
    args: [root, `--user-data-dir=${dataDir}`, ...(hosts === undefined ? [] : [`--hosts=${hosts}`])],
    env: { ...env, ...(hosts === undefined ? {} : { FAL_KEY: 'demo:demo' }) },
  });
}
