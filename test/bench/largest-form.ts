import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import * as z from 'zod';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { fixtureModel } from '../e2e/fixture-model.ts';
import { SCHEMAS, haveSchemas } from '../e2e/real-schemas.ts';
import { loadSchemaModels, startTestFal } from '../local-fal/index.ts';
import { openBuiltApp } from './built-app.ts';
import type { BuiltApp } from './built-app.ts';
import { PageWork } from './page-work.ts';
import { servePages } from './page-server.ts';
import type { Bench } from './row.ts';
import { inTurns, quantile, rounded } from './statistics.ts';

const LARGEST = 'fal-ai/flux-general';
/** Of the largest there is; made up where the documents are not beside the project. */
const FIELDS = 76;
const ROUNDS = 10;
const WARM_UP = 3;
const PAINT_GOAL = 50;
const KEY_GOAL = 8;
const TEXT = 'a wren on a post, and ';

/** The form of the model with the most fields, all unfolded: until it is seen, and what a key in it makes the window do. */
export const largestForm: Bench = {
  name: 'form',
  run: async (say) => {
    const fal = await startTestFal({ pace: 0, extraModels: [await largestModel()] });
    const pages = await servePages();
    const built = await openBuiltApp(fal.url);
    try {
      const { ui } = built;
      await ui.pickModel(LARGEST, LARGEST);
      await ui.request.getByRole('button', { name: /^\d+ more/ }).click();
      // One of each list, so that what lies in them is there too.
      for (const add of await ui.request.getByRole('button', { name: /^Add / }).all())
        await add.press('Enter');
      const inputs = await ui.request.locator('[data-field] :is(input, textarea, button)').count();
      const bare = await openBare(built, `${pages.url}/form.html?inputs=${inputs}`);
      const painted = await inTurns(
        ROUNDS,
        {
          ours: await ourPaints(built),
          limit: await paintsOf(bare, () => bare.getByRole('button', { name: 'Form' }).click()),
        },
        (round) => say(`form of ${inputs} inputs on ${built.on}: paint ${round + 1} of ${ROUNDS}`),
      );
      await ui.prompt.focus();
      await bare.getByRole('textbox').first().focus();
      const keys = await inTurns(
        ROUNDS,
        { ours: keysOn(await PageWork.of(built.page)), limit: keysOn(await PageWork.of(bare)) },
        (round) => say(`form of ${inputs} inputs on ${built.on}: keys ${round + 1} of ${ROUNDS}`),
      );
      const row = (
        name: string,
        share: number,
        goal: number,
        taken: Record<'ours' | 'limit', readonly number[]>,
      ) => {
        const ours = quantile(taken.ours, share);
        return {
          name,
          unit: `ms p${share * 100}`,
          ours: rounded(ours),
          official: null,
          limit: rounded(quantile(taken.limit, share)),
          goal: `<= ${goal}`,
          met: ours <= goal,
        };
      };
      return [row('form-paint', 0.95, PAINT_GOAL, painted), row('form-key', 0.99, KEY_GOAL, keys)];
    } finally {
      await built.close();
      await pages.close();
      await fal.close();
    }
  },
};

async function largestModel(): Promise<LocalModel> {
  if (haveSchemas) {
    const models = await loadSchemaModels(SCHEMAS);
    const found = models.find(({ endpointId }) => endpointId === LARGEST);
    if (found !== undefined) return found;
  }
  const kinds = [
    { type: 'number', minimum: 0, maximum: 10, default: 1 },
    { type: 'string' },
    { type: 'boolean' },
    { type: 'array', items: { type: 'object', properties: { path: { type: 'string' } } } },
    { type: 'string', enum: ['one', 'two', 'three', 'four', 'five', 'six'] },
  ];
  const knobs = Array.from({ length: FIELDS - 1 }, (_, i) => [`knob_${i + 1}`, kinds[i % kinds.length]]);
  const input = {
    type: 'object',
    required: ['prompt'],
    properties: { prompt: { type: 'string' }, ...Object.fromEntries(knobs) },
  };
  const schema = { 'application/json': { schema: input } };
  return fixtureModel({
    endpointId: LARGEST,
    document: {
      openapi: '3.0.4',
      info: { title: LARGEST, version: '1.0.0' },
      paths: { [`/${LARGEST}`]: { post: { requestBody: { content: schema } } } },
    },
  });
}

async function openBare({ app }: BuiltApp, url: string): Promise<Page> {
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }, address) => {
    const [own] = BrowserWindow.getAllWindows();
    return new BrowserWindow(own?.getBounds() ?? {}).loadURL(address);
  }, url);
  return opened;
}

/** The form is taken away by another view and comes back by its tab. */
async function ourPaints({ page, ui }: BuiltApp): Promise<() => Promise<readonly number[]>> {
  return paintsOf(
    page,
    () => ui.request.getByRole('tab', { name: 'Form' }).click(),
    async () => {
      await ui.requestView('Code');
      await expect(ui.prompt).toBeHidden();
    },
  );
}

/** Milliseconds from a click to the display frame that shows what it draws. */
async function paintsOf(
  page: Page,
  click: () => Promise<void>,
  prepare: () => Promise<void> = () => Promise.resolve(),
): Promise<() => Promise<readonly number[]>> {
  await page.evaluate(install);
  const once = async (): Promise<number> => {
    await prepare();
    await click();
    return z.number().parse(await page.evaluate((): unknown => Reflect.get(window, '__painted')));
  };
  for (let i = 0; i < WARM_UP; i += 1) await once();
  return async () => [await once(), await once()];
}

/** Runs in the page. */
function install(): void {
  window.addEventListener(
    'click',
    ({ timeStamp }) => {
      const painted = new Promise<number>((resolve) => {
        requestAnimationFrame(() => {
          // A message that is posted within a display frame comes when the frame has been made.
          const { port1, port2 } = new MessageChannel();
          port1.addEventListener('message', () => {
            port1.close();
            resolve(performance.now() - timeStamp);
          });
          port1.start();
          port2.postMessage(null);
        });
      });
      Reflect.set(window, '__painted', painted);
    },
    true,
  );
}

function keysOn(work: PageWork): () => Promise<readonly number[]> {
  return async () => {
    const times: number[] = [];
    for (const key of TEXT) times.push(await work.press(key));
    return times;
  };
}
