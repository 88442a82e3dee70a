import type { Codec } from './codec.ts';
import type { Bridge } from './page-bridge.ts';
import type { PageChannel } from './page-channel.ts';
import type { PageFiles } from './page-files.ts';
import type { PageIpc } from './page-ipc.ts';
import type { PageConfig } from './wire.ts';

/** The parts of the preload side; handed in, because each is a function whose text is sent to the page. */
export interface PageParts {
  createCodec(): Codec;
  createBridge(token: string, me: 'page' | 'preload'): Bridge;
  openChannel(config: PageConfig, onFrame: (frame: Uint8Array) => void): PageChannel;
  createPageIpc(config: PageConfig, codec: Codec, open: PageParts['openChannel']): PageIpc;
  watchFiles(askPaths: () => Promise<string[]>, stash: (files: File[]) => void): PageFiles;
}

/** Runs the app's preload script, a CommonJS bundle. */
export type RunPreload = (require: (name: string) => unknown, process: object) => void;

/**
 * The isolated world at document start: opens IPC, then runs the preload with Electron's sandboxed globals.
 * Only in the top frame, as in Electron. Self-contained: its own text runs in the page.
 */
export function startPreload(config: PageConfig, parts: PageParts, run: RunPreload): void {
  const bridge = parts.createBridge(config.token, 'preload');
  const ipc = parts.createPageIpc(config, parts.createCodec(), parts.openChannel);
  const files = parts.watchFiles(ipc.askFilePaths, (stashed) => {
    // DevTools reads them here, in this world, where page scripts cannot.
    Reflect.set(globalThis, `${config.receiver}Files`, stashed);
  });
  bridge.offer('permission', (permission, details) =>
    ipc.askPermission(String(permission), typeof details === 'object' && details !== null ? details : {}),
  );
  const electron = {
    ipcRenderer: ipc.ipcRenderer,
    contextBridge: { exposeInMainWorld: bridge.expose },
    webUtils: { getPathForFile: files.pathOf },
  };
  const names = ['electron', 'electron/renderer', 'electron/common'];
  try {
    run(
      (name) => {
        if (names.includes(name)) return electron;
        throw new Error(`module not found: ${name}`);
      },
      {
        env: config.env,
        argv: config.argv,
        platform: config.platform,
        versions: config.versions,
        type: 'renderer',
        sandboxed: true,
        contextIsolated: true,
      },
    );
  } catch (error) {
    console.error('Unable to load preload script:', error);
  }
}
