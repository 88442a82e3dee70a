import type { Locator, Page } from '@playwright/test';

/** The jobs of all models, opened from the top bar. */
export class JobsTray {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get mark(): Locator {
    return this.page.getByRole('button', { name: /^Jobs:/ });
  }

  get panel(): Locator {
    return this.page.getByRole('dialog', { name: 'Jobs' });
  }

  /** How many may be at fal at once. */
  get most(): Locator {
    return this.panel.getByRole('textbox', { name: 'At once' });
  }

  part(name: 'Not sent' | 'Under way' | 'Waiting' | 'Just ended'): Locator {
    return this.panel.getByRole('region', { name });
  }

  /** The rows of a part, in order. */
  rows(name: Parameters<JobsTray['part']>[0]): Locator {
    return this.part(name).locator('[data-job]');
  }

  button(name: string): Locator {
    return this.panel.getByRole('button', { name, exact: true });
  }

  async toggle(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+j');
  }
}
