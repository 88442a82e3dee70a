import { expect } from '@playwright/test';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { findModels } from '../../renderer/models/search.ts';
import type { Model } from '../../shared/ipc/models.ts';
import { haveCatalogue, realCatalogue } from '../catalogue-models.ts';
import { browsedModel } from '../e2e/browsed-models.ts';
import { Browser } from '../e2e/browser.ts';
import { startTestFal } from '../local-fal/index.ts';
import { openBuiltApp } from './built-app.ts';
import { PageWork } from './page-work.ts';
import type { Bench } from './row.ts';
import { inTurns, quantile, rounded } from './statistics.ts';

const ROUNDS = 10;
const GOAL = 16;
/** What a person types: names, families, several words, a typo, and nothing there is. */
const QUERIES = [
  'flux dev',
  'kling 2.5 image',
  'sedream',
  'remove background',
  'text to speech',
  'veo3',
  'upscale',
  'lora trainer',
  'nano bannana pro',
  'zebra crossing',
];

/**
 * A keystroke in the search over all of fal's models: the search alone, beside a filter that only looks whether the text
 * stands there; and all that the window does for it, script, style and layout.
 */
export const findModel: Bench = {
  name: 'find-model',
  run: async (say) => {
    const models = haveCatalogue ? realCatalogue() : madeUp();
    const plain = models.map((model) =>
      `${model.endpointId} ${model.name} ${model.description}`.toLowerCase(),
    );
    const taken = await inTurns(ROUNDS, {
      ours: () => typed((query) => findModels(models, query)),
      limit: () => typed((query) => plain.filter((text) => text.includes(query))),
    });
    const ours = quantile(taken.ours, 0.95);
    say(`find-model: the search over ${models.length} models is measured, now the window`);
    const inWindow = quantile(await windowTimes(models), 0.95);
    const row = { unit: 'ms p95', official: null, goal: `<= ${GOAL}` };
    return [
      {
        ...row,
        name: 'find-model',
        ours: rounded(ours),
        limit: rounded(quantile(taken.limit, 0.95)),
        met: ours <= GOAL,
      },
      { ...row, name: 'find-model-window', ours: rounded(inWindow), limit: null, met: inWindow <= GOAL },
    ];
  },
};

const beginnings = (query: string): string[] =>
  Array.from({ length: query.length }, (_, i) => query.slice(0, i + 1));

function typed(find: (query: string) => unknown): Promise<readonly number[]> {
  const times = QUERIES.flatMap(beginnings).map((query) => {
    const began = performance.now();
    find(query);
    return performance.now() - began;
  });
  return Promise.resolve(times);
}

/** Milliseconds of work that each key made in the window. */
async function windowTimes(models: readonly Model[]): Promise<readonly number[]> {
  const fal = await startTestFal({ pace: 0, extraModels: models.map(toLocal) });
  const built = await openBuiltApp(fal.url);
  try {
    const browser = new Browser(built.page);
    await browser.open();
    await expect(browser.count).toContainText(String(models.length + 3), { timeout: 60_000 });
    const work = await PageWork.of(built.page);
    const times: number[] = [];
    for (const query of QUERIES) {
      await browser.finder.fill('');
      for (const key of query) times.push(await work.press(key));
    }
    return times;
  } finally {
    await built.close();
    await fal.close();
  }
}

function toLocal({ endpointId, name, category, description }: Model): LocalModel {
  return browsedModel(endpointId, { name, category, description });
}

/** As many models as fal has, of words that such models are made of. */
function madeUp(): readonly Model[] {
  const names = [
    'flux',
    'kling',
    'seedream',
    'veo',
    'nano banana',
    'wan',
    'heron',
    'wren',
    'upscaler',
    'speech',
  ];
  const versions = ['v1', 'v2', 'v2.5', 'v3', '4'];
  const kinds = ['text-to-image', 'image-to-video', 'text-to-speech', 'training'];
  const looks = ['fast', 'pro', 'lora', 'turbo', 'dev'];
  return names.flatMap((name) =>
    versions.flatMap((version) =>
      kinds.flatMap((category) =>
        looks.map((look): Model => {
          const endpointId = `acme/${name.replaceAll(' ', '-')}/${version}/${look}/${category}`;
          const description = `Makes what is asked of it, ${look} and by ${category}, from words and pictures alike.`;
          return {
            endpointId,
            name: `${name} ${version} ${look}`,
            category,
            description,
            tags: [look],
            deprecated: false,
            addedAt: null,
          };
        }),
      ),
    ),
  );
}
