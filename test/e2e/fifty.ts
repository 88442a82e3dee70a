import type { Page } from '@playwright/test';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { notingModel } from './noting-model.ts';

/** Many runs at once, over several models: so many of each. */
export const MODELS = ['one', 'two', 'three', 'four', 'five'].map((name) => `test/${name}`);
export const RUNS = 50;

const INPUT = { type: 'object', properties: { prompt: { type: 'string' } } };

/** Models that answer at once with a word, and keep what each was given. */
export function quickModels(): { readonly models: LocalModel[]; readonly seen: () => unknown[] } {
  const all = MODELS.map((id) => notingModel(id, id, 'done', INPUT));
  return { models: all.map(({ model }) => model), seen: () => all.flatMap(({ seen }) => seen) };
}

/** Starts all of them at once, each with a prompt of its own, and answers how many were. */
export function startAll(page: Page): Promise<number> {
  return page.evaluate(
    async ({ models, runs }) => {
      const { commands } = window.playground;
      const profiles = await commands['profiles.list'](null);
      if (!profiles.ok) throw new Error(profiles.error.title);
      const profileId = profiles.value.active;
      const answers = await Promise.all(
        Array.from({ length: runs }, (_, i) =>
          commands['runs.start']({
            profileId,
            endpointId: models[i % models.length] ?? '',
            input: { prompt: `run ${i + 1}` },
            method: 'queue',
            options: {},
            overLimit: false,
          }),
        ),
      );
      return answers.filter(({ ok }) => ok).length;
    },
    { models: MODELS, runs: RUNS },
  );
}

/** Request id and state of every run. */
export function statesOf(
  page: Page,
): Promise<readonly { readonly requestId: string | null; readonly state: string }[]> {
  return page.evaluate(async () => {
    const answer = await window.playground.commands['runs.page']({
      before: null,
      limit: 200,
      endpointId: null,
    });
    if (!answer.ok) throw new Error(answer.error.title);
    return answer.value.runs.map(({ requestId, state }) => ({ requestId, state: state.kind }));
  });
}
