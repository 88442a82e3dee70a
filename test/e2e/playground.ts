import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** The window as a person uses it: by names and keys, never by class. */
export class Playground {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get request(): Locator {
    return this.page.getByRole('region', { name: 'Request' });
  }

  get result(): Locator {
    return this.page.getByRole('region', { name: 'Result' });
  }

  /** The line under the result that says how the run stands; a viewer of 3D objects brings a status of its own behind it. */
  get status(): Locator {
    return this.result.locator('p[role="status"]').last();
  }

  get prompt(): Locator {
    return this.request.getByRole('textbox', { name: 'Prompt', exact: false }).first();
  }

  /** The editor of the whole request; it takes `fill` like a box, and its text is that of its lines. */
  get json(): Locator {
    return this.request.getByRole('textbox', { name: 'Request as JSON' });
  }

  get runButton(): Locator {
    return this.request.getByRole('button', { name: 'Run' });
  }

  /** In a word that is not fading out already. */
  get undo(): Locator {
    return this.page
      .locator('[data-toasts] > :not([data-ending-style])')
      .getByRole('button', { name: 'Undo' });
  }

  /** Request and response of the run in sight, as far as they are unfolded. */
  get tree(): Locator {
    return this.result.getByRole('tree');
  }

  get picture(): Locator {
    return this.result.getByRole('img', { name: /^Result:/ });
  }

  async pickModel(query: string, endpointId: string): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    const finder = this.page.getByRole('combobox', { name: 'Find a model' });
    await finder.fill(query);
    // What was searched for is marked within an id, so that the mark alone may read like another model's whole id.
    const escaped = endpointId.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
    const id = this.page.locator('span').filter({ hasText: new RegExp(`^${escaped}$`) });
    await this.page.getByRole('option').filter({ has: id }).first().click();
    // Its end puts the focus back to where it was, and would take it from what is done next.
    await expect(finder).toHaveCount(0);
    await expect(
      this.page.getByRole('button', { name: new RegExp(`^${escaped}(?=\\s|$)`) }).first(),
    ).toBeVisible();
  }

  async run(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+Enter');
  }

  async tab(name: string): Promise<void> {
    await this.result.getByRole('tab', { name }).click();
  }

  async requestView(name: 'Form' | 'JSON' | 'Code'): Promise<void> {
    await this.request.getByRole('tab', { name }).click();
  }

  /** Writes the whole request as JSON. */
  async writeJson(value: unknown): Promise<void> {
    await this.requestView('JSON');
    await this.json.fill(JSON.stringify(value));
  }

  async go(screen: 'Playground' | 'Realtime' | 'History' | 'Settings'): Promise<void> {
    await this.page
      .getByRole('navigation', { name: 'Screens' })
      .getByRole('button', { name: screen })
      .click();
  }

  async done(): Promise<void> {
    await expect(this.status).toHaveText(/^Done in/, { timeout: 30_000 });
  }

  /** A picture counts as shown when it has been decoded: its natural size in pixels. */
  async decodedSize(picture: Locator): Promise<{ width: number; height: number }> {
    await expect(picture).toBeVisible();
    return picture.evaluate(async (element) => {
      if (!(element instanceof HTMLImageElement)) throw new Error('no picture');
      await element.decode();
      return { width: element.naturalWidth, height: element.naturalHeight };
    });
  }
}
