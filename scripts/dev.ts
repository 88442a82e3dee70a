import { ensureChromium, packaged, realElectron, run, standin } from './tools.ts';

/** The app with hot reload of the window, and a restart when main changes. */
const electron = realElectron({ download: true });
if (electron === null) {
  ensureChromium();
  process.stderr.write("Electron's binary cannot be had here: developing on the stand-in instead.\n");
}
const env = {
  ...process.env,
  ELECTRON_EXEC_PATH: electron ?? standin,
  ...(electron === null ? { STANDIN_HEADED: '1' } : {}),
};
process.exitCode = await run(packaged('electron-vite'), ['dev', '--watch', ...process.argv.slice(2)], {
  env,
});
