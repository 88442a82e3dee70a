import { spawn, spawnSync } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const standin = join(root, 'test', 'standin', 'electron');

const windows = process.platform === 'win32';

/** The command of a package, as npm installed it. */
export const packaged = (name: string): string =>
  join(root, 'node_modules', '.bin', windows ? `${name}.cmd` : name);

/** Runs a program to its end with our own output; answers its exit code. */
export function run(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<number> {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', shell: windows, ...options });
  // Ctrl-C reaches the child through the terminal; a kill of ours alone must reach it too.
  const stop = (): void => void child.kill('SIGTERM');
  process.once('SIGTERM', stop);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      process.off('SIGTERM', stop);
      resolve(code ?? 1);
    });
  });
}

/** `out/` built from what the sources are now. */
export async function ensureBuilt(): Promise<void> {
  const sources = ['electron', 'renderer', 'shared', 'electron.vite.config.ts', 'package-lock.json'];
  const newest = Math.max(...sources.map((name) => newestIn(join(root, name))));
  const built = join(root, 'out', 'renderer', 'index.html');
  if (existsSync(built) && statSync(built).mtimeMs > newest) return;
  const code = await run(packaged('electron-vite'), ['build', '--logLevel', 'warn'], {
    stdio: ['ignore', 2, 2],
  });
  if (code !== 0) process.exit(code);
}

function newestIn(path: string): number {
  const info = statSync(path);
  if (!info.isDirectory()) return info.mtimeMs;
  return Math.max(info.mtimeMs, ...readdirSync(path).map((name) => newestIn(join(path, name))));
}

/** The real Electron, where its binary is there; with `download`, after trying to fetch it. */
export function realElectron(options: { readonly download: boolean }): string | null {
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined) return found(join(override, electronName()));
  const dir = join(root, 'node_modules', 'electron');
  if (options.download && !existsSync(join(dir, 'path.txt')))
    spawnSync(process.execPath, [join(dir, 'install.js')], { stdio: 'ignore', timeout: 300_000 });
  const pathFile = join(dir, 'path.txt');
  return existsSync(pathFile) ? found(join(dir, 'dist', readFileSync(pathFile, 'utf8'))) : null;
}

function electronName(): string {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron';
  return windows ? 'electron.exe' : 'electron';
}

const found = (path: string): string | null => (existsSync(path) ? path : null);

/** Chromium for the stand-in; without it nothing can be shown, so the line to install it ends the run. */
export function ensureChromium(): void {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  if (process.env['CHROMIUM_PATH'] !== undefined || names.some(isOnPath)) return;
  const line = installPackages(['chromium']);
  if (line === null) return;
  process.stderr.write(`Chromium is needed here and was not found. Install it with:\n  ${line}\n`);
  process.exit(1);
}

/**
 * A real keyring for the keychain's tests, and what keytar is built with. Without it those tests are skipped by name, so
 * the line to install it is only said. Elsewhere than on Linux the system brings its own.
 */
export function ensureKeyring(): void {
  if (process.platform !== 'linux') return;
  const needed: readonly (readonly [name: string, isThere: boolean])[] = [
    ['gnome-keyring', isOnPath('gnome-keyring-daemon')],
    ['dbus', isOnPath('dbus-daemon')],
    ['libsecret-1-dev', runsWell('pkg-config', ['--exists', 'libsecret-1'])],
  ];
  const missing = needed.filter(([, isThere]) => !isThere).map(([name]) => name);
  const line = missing.length === 0 ? null : installPackages(missing);
  if (line !== null)
    process.stderr.write(
      `The tests against a real keyring are skipped without ${missing.join(', ')}. Install with:\n  ${line}\n`,
    );
  const built = join(root, 'node_modules', 'keytar', 'build', 'Release', 'keytar.node');
  if (!existsSync(built))
    process.stderr.write('keytar was not built when this was installed. Then run `npm ci` again.\n');
}

const isOnPath = (name: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, name)));

const runsWell = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** Installs Debian's packages, but only as root without a terminal, as on a build machine. Else the line that would. */
function installPackages(names: readonly string[]): string | null {
  const install = `apt-get update && apt-get install -y ${names.join(' ')}`;
  const unattended = process.getuid?.() === 0 && !process.stdin.isTTY;
  if (unattended && spawnSync('sh', ['-c', install], { stdio: ['ignore', 2, 2] }).status === 0) return null;
  return `${unattended ? '' : 'sudo '}sh -c '${install}'`;
}
