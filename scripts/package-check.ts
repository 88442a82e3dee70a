import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  configFaults,
  foreignText,
  hasKeytar,
  keytarFaults,
  lost,
  manifestFaults,
  openArchive,
  pageFaults,
  strangers,
  unresolved,
} from './package-archive.ts';
import { boot } from './package-boot.ts';
import { packOnFake, readFuses } from './package-fake.ts';
import type { Fuse } from './package-fake.ts';
import { ensureBuilt, ensureChromium, realElectron } from './tools.ts';

/**
 * Proves electron-builder.yml and what it packs, on any machine: electron-builder packs on a folder that only looks
 * like Electron, the archive is read, and the app in it is opened. A line for each thing proven; exit code 1 if one is not.
 */

/** Far above what the app has and far below what one stray folder would bring. */
const LARGEST_MIB = 6;
const MIB = 1024 * 1024;

const CONFIG = [
  'appId: app.fal-playground.desktop',
  'productName: fal Playground',
  'asar: true',
  "asarUnpack: ['**/*.node']",
  'npmRebuild: false',
  '  target: [AppImage]',
  '  target: [dmg, zip]',
  '  hardenedRuntime: true',
  '  target: [nsis]',
];

/** DESIGN §6: Electron's security list, item 19. */
const DEMANDED: Readonly<Record<Fuse, boolean>> = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false,
};

let failed = false;
function prove(what: string, faults: readonly string[]): void {
  console.log(`${faults.length === 0 ? '✓' : '✗'} ${what}`);
  for (const fault of faults) console.log(`    ${fault}`);
  if (faults.length > 0) failed = true;
}

function fuseFaults(binary: string): string[] {
  const set = Object.entries(readFuses(binary));
  return Object.entries(DEMANDED)
    .filter(([fuse, state]) => !set.some((other) => other[0] === fuse && other[1] === state))
    .map(([fuse, state]) => `${fuse} must be ${state}`);
}

async function check(temp: string): Promise<void> {
  const { dir, downloads } = packOnFake(temp);
  prove('electron-builder takes the configuration and packs offline', downloads);
  prove('the configuration names the app and its targets as agreed', configFaults(CONFIG));
  prove('all eight fuses are set on the packed binary as demanded', fuseFaults(join(dir, 'fal-playground')));

  const path = join(dir, 'resources', 'app.asar');
  const archive = openArchive(path);
  const size = statSync(path).size / MIB;
  prove(`the archive has ${archive.files.length} files, each one expected`, strangers(archive));
  prove('everything that was built is in it', lost(archive));
  prove(
    `it is ${size.toFixed(1)} MiB, at most ${LARGEST_MIB}`,
    size <= LARGEST_MIB ? [] : ['something large got in'],
  );
  prove(
    hasKeytar
      ? 'keytar is in it, its library beside it, and loads'
      : 'keytar is not installed here, nor in it',
    keytarFaults(archive, path),
  );
  prove('its package.json is the app’s alone, and its main is there', manifestFaults(archive));
  prove("no fault of the tests' server, no source map, no path of this machine", foreignText(archive));
  prove('its code imports nothing but itself, Electron and Node', unresolved(archive));
  prove('its page loads only what is there, and no inline script', pageFaults(archive));

  const { on, faults } = await boot(path, temp);
  prove(`the packed app opens on ${on} with the demo's form and the strict policy`, faults);
}

await ensureBuilt();
if (realElectron({ download: false }) === null) ensureChromium();
const temp = mkdtempSync(join(tmpdir(), 'playground-package-'));
try {
  await check(temp);
} catch (error) {
  prove('packaging', [error instanceof Error ? error.message : String(error)]);
} finally {
  rmSync(temp, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
process.exitCode = failed ? 1 : 0;
