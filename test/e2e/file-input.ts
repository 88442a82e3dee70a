import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Locator } from '@playwright/test';
import { root } from './app.ts';
import type { Playground } from './playground.ts';

export const PICTURE = join(root, 'build', 'icon.png');
export const VIDEO = join(root, 'test', 'local-fal', 'media', 'clip.mp4');
export const TEXT = { name: 'holiday.png', mimeType: 'image/png', buffer: Buffer.from('only words') };

interface Given {
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/** A field that takes a file, as a person uses it. */
export class FileInput {
  readonly row: Locator;

  constructor(ui: Playground, name: string) {
    this.row = ui.request.getByRole('group', { name, exact: true });
  }

  get chooser(): Locator {
    return this.row.locator('input[type="file"]');
  }

  get url(): Locator {
    return this.row.getByRole('textbox');
  }

  get thumb(): Locator {
    return this.row.locator('img');
  }

  get remove(): Locator {
    return this.row.getByRole('button', { name: /^Remove/ });
  }

  /** What is wrong, beside the field. */
  get refusal(): Locator {
    return this.row.locator('xpath=..').getByRole('alert');
  }

  async shows(ui: Playground, fileName: string, width: number): Promise<void> {
    await expect(this.row.getByText(fileName, { exact: true })).toBeVisible();
    expect((await ui.decodedSize(this.thumb)).width).toBe(width);
  }

  /** Lets files go over the field, or pastes them into it. */
  async give(how: 'drop' | 'paste', ...files: readonly Given[]): Promise<void> {
    const target = how === 'paste' ? this.url : this.row;
    await target.evaluate(
      (element, [how, files]) => {
        const data = new DataTransfer();
        for (const { name, type, text } of files) data.items.add(new File([text], name, { type }));
        const init = { bubbles: true, cancelable: true };
        element.dispatchEvent(
          how === 'drop'
            ? new DragEvent('drop', { ...init, dataTransfer: data })
            : new ClipboardEvent('paste', { ...init, clipboardData: data }),
        );
      },
      [how, files] as const,
    );
  }
}
