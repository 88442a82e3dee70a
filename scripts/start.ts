import { ensureBuilt, ensureChromium, realElectron, root, run, standin } from './tools.ts';

/** Opens the app: on Electron, or where its binary cannot be had, on the stand-in's window. */
await ensureBuilt();
const electron = realElectron({ download: true });
if (electron === null) {
  ensureChromium();
  process.stderr.write(
    "Electron's binary cannot be had here: opening the app in Chromium on the stand-in instead.\n",
  );
}
const env = { ...process.env, ...(electron === null ? { STANDIN_HEADED: '1' } : {}) };
process.exitCode = await run(electron ?? standin, [root, ...process.argv.slice(2)], { env });
