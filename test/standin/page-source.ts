import { readFileSync } from 'node:fs';
import { createCodec } from './codec.ts';
import { createBridge } from './page-bridge.ts';
import { openChannel } from './page-channel.ts';
import { watchFiles } from './page-files.ts';
import { installGuards } from './page-guards.ts';
import { createPageIpc } from './page-ipc.ts';
import { startPreload } from './page-main.ts';
import type { PageConfig } from './wire.ts';

/** Name of the JS world the preload runs in; Electron's own name for it. */
export const PRELOAD_WORLD = 'Electron Isolated Context';

// The page's parts are functions of this program, type-checked with it; what travels is their text.
const PARTS = [createCodec, createBridge, openChannel, createPageIpc, watchFiles];

/** The script for the page's own world: the receiving end of the contextBridge, and the permission questions. */
export function mainWorldSource(config: PageConfig): string {
  const token = JSON.stringify(config.token);
  return `(() => {
if (window !== window.top) return;
const createBridge = ${createBridge};
(${installGuards})(createBridge(${token}, 'page'));
})()`;
}

/** The script for the preload's world: IPC, then the app's preload file, if it has one. */
export function preloadSource(config: PageConfig, preloadFile: string | undefined): string {
  const preload = preloadFile === undefined ? '' : readFileSync(preloadFile, 'utf8');
  const parts = PARTS.map((part) => `${part.name}: ${part}`).join(',\n');
  return `(() => {
if (window !== window.top) return;
(${startPreload})(${JSON.stringify(config)}, {\n${parts}\n}, (require, process) => {
const module = { exports: {} };
(function (exports, require, module, process, global) {
${preload}
})(module.exports, require, module, process, globalThis);
});
})()`;
}
