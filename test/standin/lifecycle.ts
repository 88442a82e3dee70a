import path from 'node:path';
import { app } from './app.ts';
import { browser, launchBrowser } from './browser.ts';
import { BrowserWindow } from './browser-window.ts';
import { watchDownloads } from './downloads.ts';
import { launch } from './launch.ts';
import { permissions } from './permissions.ts';
import { startSchemeServer } from './scheme-server.ts';
import { sealSchemes } from './session.ts';
import { WebContents } from './web-contents.ts';
import { onForeignPage } from './window-open-guard.ts';

/** Brings up the server and Chromium, then fires `ready`. Called once the app's main module has been evaluated. */
export async function start(): Promise<void> {
  await startSchemeServer();
  launchBrowser({
    profile: path.join(app.getPath('userData'), 'standin-chromium'),
    debuggingPort: launch().argv.find((arg) => arg.startsWith('--remote-debugging-port')),
    switches: app.commandLine.switches,
    lost: browserLost,
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit());
  permissions.start();
  void browser().then(async ({ targets }) => {
    targets.onForeign = (target) => void onForeignPage(target);
    targets.onGone = (id) => windowOf(id)?.destroy();
    await watchDownloads();
  });
  sealSchemes();
  app.becomeReady();
}

function windowOf(targetId: string): BrowserWindow | undefined {
  return BrowserWindow.getAllWindows().find(
    ({ webContents }) => webContents === WebContents.fromDevToolsTargetId(targetId),
  );
}

/** Chromium ended by itself: with code 0 the person closed its last window, with another it crashed. */
function browserLost(code: number): void {
  if (code === 0) {
    for (const window of BrowserWindow.getAllWindows()) window.destroy();
    return;
  }
  if (app.isEnding()) return;
  process.stderr.write(`The Electron stand-in lost its Chromium (exit code ${code})\n`);
  app.exit(1);
}
