import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { root } from './tools.ts';

/** Packing without Electron's binary: a folder that is an Electron to electron-builder, and what was done to it. */

export const builderCli = join(root, 'node_modules', 'electron-builder', 'cli.js');
const electron = join(root, 'node_modules', 'electron');
const SECOND = 1000;

// The fuse wire lies in the binary behind this mark: a version, the number of fuses, a character for each
// (electron/docs/tutorial/fuses.md). Electron has more fuses than electron-builder names; the last stays as it was.
const FUSE_MARK = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const FUSES = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const;
export type Fuse = (typeof FUSES)[number];
const UNTOUCHED = '?';

/** A Linux `electronDist`: what electron-builder looks for, and a wire for it to set the fuses on. */
export function makeFakeDist(dir: string): void {
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(electron, 'package.json'), 'utf8')));
  mkdirSync(join(dir, 'resources'), { recursive: true });
  writeFileSync(join(dir, 'version'), version);
  copyFileSync(join(electron, 'LICENSE'), join(dir, 'LICENSE'));
  const wire = Buffer.from([1, FUSES.length + 1]);
  const states = UNTOUCHED.repeat(FUSES.length + 1);
  writeFileSync(join(dir, 'electron'), Buffer.concat([Buffer.from(FUSE_MARK), wire, Buffer.from(states)]), {
    mode: 0o755,
  });
}

/** The fuses of a binary; undefined for one that was left as it came. */
export function readFuses(binary: string): Readonly<Record<Fuse, boolean | undefined>> {
  const bytes = readFileSync(binary);
  const start = bytes.indexOf(FUSE_MARK);
  if (start < 0) throw new Error(`${binary} has no fuse wire`);
  const states = bytes.subarray(start + FUSE_MARK.length + 2).toString('latin1');
  const state = (fuse: Fuse): boolean | undefined => {
    const set = states[FUSES.indexOf(fuse)];
    return set === '1' ? true : set === '0' ? false : undefined;
  };
  return {
    runAsNode: state('runAsNode'),
    enableCookieEncryption: state('enableCookieEncryption'),
    enableNodeOptionsEnvironmentVariable: state('enableNodeOptionsEnvironmentVariable'),
    enableNodeCliInspectArguments: state('enableNodeCliInspectArguments'),
    enableEmbeddedAsarIntegrityValidation: state('enableEmbeddedAsarIntegrityValidation'),
    onlyLoadAppFromAsar: state('onlyLoadAppFromAsar'),
    loadBrowserProcessSpecificV8Snapshot: state('loadBrowserProcessSpecificV8Snapshot'),
    grantFileProtocolExtraPrivileges: state('grantFileProtocolExtraPrivileges'),
  };
}

export interface Packed {
  /** The folder that would be installed. */
  readonly dir: string;
  /** Files electron-builder put into its caches; a download would be one. */
  readonly downloads: readonly string[];
}

/** Packs `out/` with the project's own configuration on the fake Electron. Throws with electron-builder's words. */
export function packOnFake(temp: string): Packed {
  const [dist, output, cache] = [join(temp, 'electron-dist'), join(temp, 'dist'), join(temp, 'cache')];
  makeFakeDist(dist);
  const args = ['--linux', 'dir', '--x64', '--publish', 'never'];
  args.push(`-c.electronDist=${dist}`, `-c.directories.output=${output}`);
  const result = spawnSync(process.execPath, [builderCli, ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: 120 * SECOND,
    // Caches of its own show whether anything was downloaded, and nothing old can stand in for a download.
    env: {
      ...process.env,
      ELECTRON_BUILDER_CACHE: join(cache, 'builder'),
      electron_config_cache: join(cache, 'electron'),
      NO_UPDATE_NOTIFIER: '1',
    },
  });
  if (result.status !== 0)
    throw new Error(
      `electron-builder ended with ${result.status ?? result.signal}:\n${result.stdout}${result.stderr}`,
    );
  const found = existsSync(cache) ? readdirSync(cache, { recursive: true, withFileTypes: true }) : [];
  return {
    dir: join(output, 'linux-unpacked'),
    downloads: found.filter((entry) => entry.isFile()).map((entry) => entry.name),
  };
}
