import { EventEmitter } from 'node:events';
import type Electron from 'electron';

/** URLs the app asked the system to open; nothing is opened. */
const opened: string[] = [];

/** Electron's `shell`. `opened` is the stand-in's own, for tests. */
export const shell = {
  opened,
  async openExternal(url: string): Promise<void> {
    opened.push(url);
  },
  async openPath(path: string): Promise<string> {
    opened.push(path);
    return '';
  },
  showItemInFolder(path: string): void {
    opened.push(path);
  },
} satisfies Pick<Electron.Shell, 'openExternal' | 'openPath' | 'showItemInFolder'> & { opened: string[] };

/** Electron's `dialog`: no dialog appears, the person cancels. Tests replace its functions. */
export const dialog = {
  showOpenDialog: (..._args: unknown[]): Promise<Electron.OpenDialogReturnValue> =>
    Promise.resolve({ canceled: true, filePaths: [] }),
  showSaveDialog: (..._args: unknown[]): Promise<Electron.SaveDialogReturnValue> =>
    Promise.resolve({ canceled: true, filePath: '' }),
  showMessageBox: (..._args: unknown[]): Promise<Electron.MessageBoxReturnValue> =>
    Promise.resolve({ response: 0, checkboxChecked: false }),
  showErrorBox: (title: string, content: string): void => {
    process.stderr.write(`${title}: ${content}\n`);
  },
} satisfies Pick<Electron.Dialog, 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox' | 'showErrorBox'>;

/** Electron's `ClipboardItem`: what it was made of, by type. */
export class ClipboardItem {
  readonly #items: ConstructorParameters<typeof Electron.ClipboardItem>[0];

  constructor(items: ConstructorParameters<typeof Electron.ClipboardItem>[0]) {
    this.#items = items;
  }

  get types(): string[] {
    return Object.keys(this.#items);
  }

  async getType(type: string): Promise<Blob> {
    const item = await this.#items[type];
    if (typeof item === 'string') return new Blob([item], { type });
    if (item instanceof Blob) return item;
    throw new Error(`There is nothing of type ${type}`);
  }
}

let clipboardItems: readonly ClipboardItem[] = [];

/** Electron's `clipboard` (asynchronous since Electron 44), not the system's. */
export const clipboard = {
  read: () => Promise.resolve([...clipboardItems]),
  write: (items: readonly ClipboardItem[]): Promise<void> => {
    clipboardItems = [...items];
    return Promise.resolve();
  },
  readText: async (): Promise<string> => {
    const item = clipboardItems.find(({ types }) => types.includes('text/plain'));
    return item === undefined ? '' : (await item.getType('text/plain')).text();
  },
  writeText: (text: string): Promise<void> => {
    clipboardItems = [new ClipboardItem({ 'text/plain': text })];
    return Promise.resolve();
  },
} satisfies Pick<Electron.Clipboard, 'readText' | 'writeText'> & Record<'read' | 'write', unknown>;

type MenuTemplate = readonly (Electron.MenuItemConstructorOptions | Electron.MenuItem)[];

/** Electron's `Menu`, never shown. `items` holds the template, so that tests can read and click it. */
export class Menu {
  static application: Menu | null = null;
  readonly items: MenuTemplate;

  constructor(items: MenuTemplate = []) {
    this.items = items;
  }

  static buildFromTemplate(template: MenuTemplate): Menu {
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.application = menu;
  }
}

/** Electron's `powerMonitor`; a test emits `resume` and its like. */
export const powerMonitor = new EventEmitter();

const area = { x: 0, y: 0, width: 1920, height: 1080 };
const display = { id: 1, bounds: area, workArea: area, workAreaSize: area, size: area, scaleFactor: 1 };

/** Electron's `screen`: one display of 1920 by 1080, the size the windows are told too. */
export const screen = {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
};
display satisfies Partial<Electron.Display>;
