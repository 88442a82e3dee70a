import type { Locator, Page } from '@playwright/test';

/** Settings → Keys as a person uses it. */
export class KeySettings {
  readonly section: Locator;

  constructor(page: Page) {
    this.section = page.getByRole('region', { name: 'Keys', exact: true });
  }

  /** Every listed profile's name, in order. */
  get names(): Locator {
    return this.section.getByRole('listitem').getByRole('heading');
  }

  row(name: string): Locator {
    return this.section.getByRole('listitem', { name, exact: true });
  }

  get form(): Locator {
    return this.section.getByRole('form', { name: 'Add a key' });
  }

  /** The box of the form that adds a key. */
  get box(): Locator {
    return this.form.getByLabel('Key', { exact: true });
  }

  /** What came of the last key that was sent. */
  get outcome(): Locator {
    return this.form.getByRole('status');
  }

  async add(name: string, secret: string): Promise<void> {
    await this.form.getByLabel('Name').fill(name);
    await this.box.fill(secret);
    await this.form.getByRole('button', { name: 'Add key' }).click();
  }

  async replace(name: string, secret: string): Promise<Locator> {
    await this.row(name)
      .getByRole('button', { name: `Replace the key of ${name}` })
      .click();
    const form = this.row(name).getByRole('form', { name: `New key for ${name}` });
    await form.getByLabel(`New key for ${name}`).fill(secret);
    await form.getByRole('button', { name: 'Replace key' }).click();
    return form;
  }

  async rename(name: string, next: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Rename ${name}` })
      .click();
    await this.row(name).getByLabel(`Name of ${name}`).fill(next);
    await this.row(name).getByRole('button', { name: 'Save' }).click();
  }

  async remove(name: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Remove ${name}` })
      .click();
    await this.row(name).getByRole('button', { name: 'Remove the key' }).click();
  }

  async use(name: string): Promise<void> {
    await this.row(name)
      .getByRole('button', { name: `Use ${name}` })
      .click();
  }

  inUse(name: string): Locator {
    return this.row(name).getByRole('button', { name: `In use: ${name}` });
  }
}
