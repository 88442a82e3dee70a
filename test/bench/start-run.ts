import type { Page } from '@playwright/test';
import type { PlaygroundApi } from '../../shared/ipc/contract.ts';
import type { Method } from '../../shared/runs/methods.ts';

declare global {
  interface Window {
    readonly playground: PlaygroundApi;
  }
}

interface Begun {
  readonly endpointId: string;
  readonly method: Method;
  readonly input: Readonly<Record<string, number>>;
}

/** A run begun past the form; the window shows it where its model is open. Answers when main has written it down. */
export async function startRun(page: Page, begun: Begun): Promise<void> {
  await page.evaluate(async (asked) => {
    const { commands } = window.playground;
    const profiles = await commands['profiles.list'](null);
    if (!profiles.ok) throw new Error(profiles.error.title);
    const profileId = profiles.value.active;
    const started = await commands['runs.start']({ ...asked, profileId, options: {}, overLimit: false });
    if (!started.ok) throw new Error(started.error.title);
  }, begun);
}
