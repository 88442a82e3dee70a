import { builderCli } from './package-fake.ts';
import { ensureBuilt, realElectron, run } from './tools.ts';

/**
 * The packages people install: `npm run package -- ARGS` hands ARGS to electron-builder (`--dir` for the unpacked folder
 * alone, `--linux deb` for one target …), and packages go to dist/.
 */

const electron = realElectron({ download: true });
if (electron === null) {
  process.stderr.write(
    "A package holds Electron's binary, and it cannot be had here: neither installed nor downloaded.\n" +
      'Where GitHub can be reached `npx install-electron` fetches it; ELECTRON_OVERRIDE_DIST_PATH names a folder that has it.\n' +
      '`npm run package:check` proves the configuration and the archive without it.\n',
  );
  process.exit(1);
}
await ensureBuilt();
// Else electron-builder takes the download for the system it packages for, from the cache the line above has filled.
const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
const dist = override === undefined ? [] : [`-c.electronDist=${override}`];
process.exitCode = await run(process.execPath, [builderCli, ...dist, ...process.argv.slice(2)], {
  shell: false,
});
