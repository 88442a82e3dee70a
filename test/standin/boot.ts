import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { findChromium } from './chromium.ts';
import { setLaunch } from './launch.ts';
import { start } from './lifecycle.ts';

const here = import.meta.dirname;

/** Electron's own command line: `-r FILE` first, then switches, then the app, then the app's arguments. */
function parseArgv(argv: readonly string[]): { required: string[]; appArg: string } {
  const required: string[] = [];
  for (let i = 0; i < argv.length; i++) {
    const arg = argv[i] ?? '';
    if (arg === '-r' || arg === '--require') required.push(argv[++i] ?? '');
    else if (!arg.startsWith('-')) return { required, appArg: arg };
  }
  return { required, appArg: '.' };
}

function field(json: unknown, name: string): string | undefined {
  if (typeof json !== 'object' || json === null || !(name in json)) return undefined;
  const value: unknown = Object.entries(json).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : undefined;
}

function readJson(file: string): unknown {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

const argv = process.argv.slice(2);
const electronVersion =
  field(readJson(path.join(here, '../../node_modules/electron/package.json')), 'version') ?? '0.0.0';
if (argv[0] === '--version' || argv[0] === '-v') {
  process.stdout.write(`v${electronVersion}-standin\n`);
  process.exit(0);
}
if (!findChromium()) {
  fail(
    process.env['CHROMIUM_PATH']
      ? `The Electron stand-in cannot run CHROMIUM_PATH=${process.env['CHROMIUM_PATH']}`
      : 'The Electron stand-in needs Chromium: apt-get install chromium',
  );
}

const { required, appArg } = parseArgv(argv);
const target = path.resolve(appArg);
if (!existsSync(target)) fail(`The Electron stand-in found no app at ${target}`);
const appPath = statSync(target).isDirectory() ? target : path.dirname(target);
const manifest = readJson(path.join(appPath, 'package.json'));
const entry = target === appPath ? path.join(appPath, field(manifest, 'main') ?? 'index.js') : target;
const packaged = process.env['STANDIN_PACKAGED'] === '1';

setLaunch({
  appPath,
  name: field(manifest, 'productName') ?? field(manifest, 'name') ?? 'Electron',
  version: field(manifest, 'version') ?? electronVersion,
  argv,
  packaged,
});
app.readCommandLine();

process.argv = [process.argv[0] ?? process.execPath, ...argv];
Object.defineProperty(process, 'type', { value: 'browser', enumerable: true });
Object.defineProperty(process, 'defaultApp', { value: packaged ? undefined : true });
Object.defineProperty(process, 'resourcesPath', {
  // A packaged app lies in `resources/app` or `resources/app.asar`.
  value: packaged ? path.dirname(appPath) : path.join(here, 'resources'),
});
Object.defineProperty(process.versions, 'electron', { value: electronVersion, enumerable: true });

const moduleUrl = pathToFileURL(path.join(here, 'electron.ts')).href;
registerHooks({
  resolve(specifier, context, next) {
    if (specifier !== 'electron' && specifier !== 'electron/main' && specifier !== 'electron/common') {
      return next(specifier, context);
    }
    return { url: moduleUrl, format: 'module-typescript', shortCircuit: true };
  },
});

const require = createRequire(path.join(process.cwd(), 'boot.js'));
for (const file of required)
  require(path.isAbsolute(file) || file.startsWith('.') ? path.resolve(file) : file);

try {
  await import(pathToFileURL(entry).href);
} catch (error) {
  if (process.listenerCount('uncaughtException') === 0) {
    console.error('App threw an error during load');
    console.error(error);
    process.exit(1);
  }
  process.emit('uncaughtException', error instanceof Error ? error : new Error(String(error)));
}
await start();
