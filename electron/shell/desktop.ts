import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app, clipboard, dialog, nativeTheme, shell } from 'electron';
import type { BrowserWindow, OpenDialogOptions } from 'electron';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { themeSchema } from '../../shared/ipc/app.ts';
import { safeFileName } from '../../shared/media/file-name.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import type { History } from '../history/history.ts';
import type { MediaStore } from '../history/media-store.ts';
import type { Desktop } from '../ipc/handlers.ts';
import type { PictureRequests } from '../saving/picture-requests.ts';
import { copyWithText } from '../saving/png-text.ts';
import { KEYWORD } from '../saving/request-text.ts';
import { isSafeExternal } from './guards.ts';
import { SETTINGS } from './kept-settings.ts';
import type { KeptSettings } from './kept-settings.ts';

interface DesktopOptions {
  readonly history: Pick<History, 'file' | 'keep'>;
  readonly media: Pick<MediaStore, 'pathOf'>;
  readonly requests: Pick<PictureRequests, 'textFor'>;
  readonly window: () => BrowserWindow | null;
  readonly settings: KeptSettings;
  /** What went wrong at start, in sentences. */
  readonly notices: readonly string[];
}

const THEME = 'setting:theme';

/** Takes up the theme of the last session; dark where there was none. */
export async function restoreTheme(history: Pick<History, 'kept'>): Promise<void> {
  const theme = themeSchema.safeParse((await history.kept(THEME))?.value);
  nativeTheme.themeSource = theme.success ? theme.data : 'dark';
}

/** What the window asks of the system: the browser, the clipboard, a place to save to. */
export function createDesktop({
  history,
  media,
  requests,
  window,
  notices,
  settings,
}: DesktopOptions): Desktop {
  let { switches, codeLanguage, detailWidth, historyLook } = settings;
  return {
    info: () => ({
      name: app.getName(),
      version: app.getVersion(),
      platform: process.platform,
      dataDir: app.getPath('userData'),
      theme: nativeTheme.themeSource,
      switches,
      codeLanguage,
      detailWidth,
      historyLook,
      notices: [...notices],
    }),
    setTheme: async (theme) => {
      nativeTheme.themeSource = theme;
      await history.keep(THEME, theme, Date.now());
    },
    setSwitch: async (name, on) => {
      switches = { ...switches, [name]: on };
      await history.keep(SETTINGS.switches, switches, Date.now());
    },
    setCodeLanguage: async (language) => {
      codeLanguage = language;
      await history.keep(SETTINGS.codeLanguage, language, Date.now());
    },
    setDetailWidth: async (width) => {
      detailWidth = width;
      await history.keep(SETTINGS.detailWidth, width, Date.now());
    },
    setHistoryLook: async (look) => {
      historyLook = look;
      await history.keep(SETTINGS.historyLook, look, Date.now());
    },
    openExternal: (url) => {
      if (!isSafeExternal(url)) return false;
      void shell.openExternal(url);
      return true;
    },
    copyText: (text) => clipboard.writeText(text),
    showDataDir: () => void shell.openPath(app.getPath('userData')),
    chooseFolder: async (at) => {
      const options: OpenDialogOptions = {
        properties: ['openDirectory', 'createDirectory'],
        ...(at === null ? {} : { defaultPath: at }),
      };
      const parent = window();
      const { canceled, filePaths } = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return canceled ? null : (filePaths[0] ?? null);
    },
    openFolder: (path) => void shell.openPath(path),
    choosePlace: (fileName) => askWhere(window(), fileName),
    chooseFile: async (ending) => {
      const options: OpenDialogOptions = {
        properties: ['openFile'],
        filters: [{ name: ending.toUpperCase(), extensions: [ending] }],
      };
      const parent = window();
      const { canceled, filePaths } = await (parent === null
        ? dialog.showOpenDialog(options)
        : dialog.showOpenDialog(parent, options));
      return canceled ? null : (filePaths[0] ?? null);
    },
    saveFileAs: async (sha256, fileName) =>
      (await history.file(sha256)) === null
        ? fail(appError('not_found', 'This file is not kept here'))
        : saveAs(window(), fileName, async (path) => {
            const [from, request] = [media.pathOf(sha256), await requests.textFor(sha256)];
            const made = request === null ? null : await copyWithText(from, path, KEYWORD, request);
            if (made === null) await copyFile(from, path);
          }),
    saveTextAs: (text, fileName) => saveAs(window(), fileName, (path) => writeFile(path, text)),
  };
}

/** Asks where to, beginning among the downloads; null when the person changed their mind. */
async function askWhere(parent: BrowserWindow | null, fileName: string): Promise<string | null> {
  const options = { defaultPath: join(app.getPath('downloads'), safeFileName(fileName, '')) };
  const { canceled, filePath } = await (parent === null
    ? dialog.showSaveDialog(options)
    : dialog.showSaveDialog(parent, options));
  return canceled || filePath === '' ? null : filePath;
}

/** Asks where to, then writes there; false when the person changed their mind. */
async function saveAs(
  parent: BrowserWindow | null,
  fileName: string,
  write: (path: string) => Promise<void>,
): Promise<Result<boolean, AppError>> {
  const filePath = await askWhere(parent, fileName);
  if (filePath === null) return ok(false);
  try {
    await write(filePath);
    return ok(true);
  } catch (error) {
    return fail(
      appError('storage', 'The copy could not be written', {
        detail: error instanceof Error ? error.message : String(error),
        hint: 'What it is a copy of is safe. Choose another place, or make room, and save again.',
      }),
    );
  }
}
