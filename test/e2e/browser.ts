import type { Locator, Page } from '@playwright/test';

/** The dialog in which models are found, narrowed and opened. */
export class Browser {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get dialog(): Locator {
    return this.page.getByRole('dialog', { name: 'Choose a model' });
  }

  get finder(): Locator {
    return this.dialog.getByRole('combobox', { name: 'Find a model' });
  }

  get count(): Locator {
    return this.dialog.getByRole('status').first();
  }

  get rows(): Locator {
    return this.dialog.getByRole('option');
  }

  get about(): Locator {
    return this.dialog.getByRole('region', { name: /^About / });
  }

  shelf(name: RegExp): Locator {
    return this.dialog.getByRole('radio', { name });
  }

  async open(): Promise<void> {
    await this.page.keyboard.press('ControlOrMeta+k');
    await this.finder.waitFor();
  }

  /** Chooses an entry of one of the lists over the models. */
  async choose(list: string, entry: string): Promise<void> {
    await this.dialog.getByRole('combobox', { name: list }).click();
    await this.page.getByRole('option', { name: entry, exact: true }).click();
  }

  /** Pastes a text where the focus is, as the system's clipboard would. */
  async paste(text: string): Promise<void> {
    await this.page.evaluate((pasted) => {
      const data = new DataTransfer();
      data.setData('text/plain', pasted);
      const init = { clipboardData: data, bubbles: true, cancelable: true };
      (document.activeElement ?? document.body).dispatchEvent(new ClipboardEvent('paste', init));
    }, text);
  }
}
