import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { parseAst } from 'vite';
import * as z from 'zod';
import { root } from './tools.ts';

/** What lies in the archive, and what must not. Each check answers its complaints; none is good. */

export interface Archive {
  /** Paths of the files, with `/`, without one at the start. */
  readonly files: readonly string[];
  readonly text: (file: string) => string;
}

export function openArchive(path: string): Archive {
  const entries = listPackage(path, { isPack: false }).map((entry) =>
    entry.split(sep).filter(Boolean).join('/'),
  );
  const folders = new Set(entries.map((entry) => posix.dirname(entry)));
  return {
    files: entries.filter((entry) => !folders.has(entry)),
    text: (file) => extractFile(path, file.split('/').join(sep)).toString('utf8'),
  };
}

const REQUIRED = [
  'package.json',
  'out/main/main.js',
  'out/main/history-worker.js',
  'out/main/local-fal-worker.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
];
/** Besides those: code that was split off, and the files of the page by the types the app's scheme knows. */
const ALLOWED = [
  /^out\/main\/chunks\/[\w.-]+\.js$/,
  /^out\/renderer\/assets\/[\w.-]+\.(?:js|css|woff2|svg|png|json)$/,
];

/** The one package beside the bundle, and only where it could be built or downloaded: the door to the system's keyring. */
const KEYTAR_LIBRARY = 'node_modules/keytar/build/Release/keytar.node';
const KEYTAR = ['node_modules/keytar/package.json', 'node_modules/keytar/lib/keytar.js', KEYTAR_LIBRARY];
export const hasKeytar = existsSync(join(root, KEYTAR_LIBRARY));

export function strangers(archive: Archive): string[] {
  const missing = REQUIRED.filter((file) => !archive.files.includes(file));
  const extra = archive.files.filter(
    (file) =>
      !REQUIRED.includes(file) &&
      !(hasKeytar && KEYTAR.includes(file)) &&
      !ALLOWED.some((pattern) => pattern.test(file)),
  );
  return [
    ...missing.map((file) => `${file} is missing`),
    ...extra.map((file) => `${file} does not belong in it`),
  ];
}

/** An installed keytar is there whole, and its library is a file of its own that loads without this project. */
export function keytarFaults(archive: Archive, path: string): string[] {
  if (!hasKeytar) return [];
  const library = join(`${path}.unpacked`, ...KEYTAR_LIBRARY.split('/'));
  const load = 'if (typeof require(process.argv[1]).getPassword !== "function") process.exit(1)';
  const { status } = spawnSync(process.execPath, ['-e', load, library], { cwd: dirname(library) });
  return [
    ...KEYTAR.filter((file) => !archive.files.includes(file)).map((file) => `${file} is missing`),
    ...(status === 0 ? [] : [`${library} does not load`]),
  ];
}

/** The archive holds what was built, file for file. */
export function lost(archive: Archive): string[] {
  const out = join(root, 'out');
  return readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !archive.files.includes(file))
    .map((file) => `${file} was built and is not in it`);
}

const manifestSchema = z.looseObject({
  name: z.literal('fal-playground'),
  productName: z.literal('fal Playground'),
  version: z.string(),
  type: z.literal('module'),
  main: z.string(),
});

export function manifestFaults(archive: Archive): string[] {
  const manifest = manifestSchema.parse(JSON.parse(archive.text('package.json')));
  return [
    ...['scripts', 'devDependencies', 'build'].filter((key) => key in manifest).map((key) => `it has ${key}`),
    ...(archive.files.includes(manifest.main) ? [] : [`its main ${manifest.main} is not in the archive`]),
  ];
}

/** Words that only the tests' side of the local server has; each must still be there, or it would tell nothing. */
const FAULT_WORDS = [
  'completed-error',
  'drop-mid-body',
  'hold:running',
  'live-malformed',
  '_local/faults',
  '_local/live',
  '_local/requests',
];
const FOREIGN_WORDS = ['@playwright/test', 'sourceMappingURL=', root, root.slice(0, -1)];

export function foreignText(archive: Archive): string[] {
  const dir = join(root, 'test', 'local-fal');
  const tests = readdirSync(dir)
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(dir, name), 'utf8'))
    .join('\n');
  const stale = FAULT_WORDS.filter((word) => !tests.includes(word));
  const code = archive.files.filter((file) => /\.(?:js|cjs|css|html|json)$/.test(file));
  const words = [...FAULT_WORDS, ...FOREIGN_WORDS];
  return [
    ...stale.map((word) => `'${word}' is no longer a word of test/local-fal; name another`),
    ...code.flatMap((file) => {
      const text = archive.text(file);
      return words.filter((word) => text.includes(word)).map((word) => `${file} has '${word}'`);
    }),
  ];
}

/** Every module that our code asks for is Electron, Node's own, or a file of the archive: no node_modules are needed. */
export function unresolved(archive: Archive): string[] {
  const code = archive.files.filter((file) => file.startsWith('out/') && /\.c?js$/.test(file));
  return code.flatMap((file) =>
    importsOf(archive.text(file))
      .filter((name) => !isServed(archive, file, name))
      .map((name) => `${file} imports ${name}`),
  );
}

function isServed(archive: Archive, file: string, name: string): boolean {
  if (name.startsWith('.')) return archive.files.includes(posix.join(posix.dirname(file), name));
  // The page has neither.
  return !file.startsWith('out/renderer/') && (name === 'electron' || isBuiltin(name));
}

function importsOf(code: string): string[] {
  const found: string[] = [];
  visit(parseAst(code), (node) => {
    const source = node['type'] === 'CallExpression' ? required(node) : node['source'];
    const name = isRecord(source) ? source['value'] : undefined;
    if (typeof name === 'string') found.push(name);
  });
  return found;
}

/** What `require('…')` is called with. */
function required(call: Readonly<Record<string, unknown>>): unknown {
  const { callee, arguments: given } = call;
  const named = isRecord(callee) && callee['type'] === 'Identifier' && callee['name'] === 'require';
  return named && Array.isArray(given) ? given[0] : undefined;
}

function visit(value: unknown, see: (node: Readonly<Record<string, unknown>>) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  if (!isRecord(value) || Array.isArray(value)) return;
  if (typeof value['type'] === 'string') see(value);
  for (const child of Object.values(value)) visit(child, see);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** The page loads what it names. */
export function pageFaults(archive: Archive): string[] {
  const html = archive.text('out/renderer/index.html');
  const named = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map((match) => match[1] ?? '');
  return [
    ...(named.length === 0 ? ['the page loads nothing'] : []),
    ...named
      .filter((url) => !url.startsWith('data:') && !archive.files.includes(posix.join('out/renderer', url)))
      .map((url) => `the page names ${url}`),
    ...(/<script(?![^>]*\bsrc=)/.test(html) ? ['the page has an inline script'] : []),
  ];
}

export function configFaults(lines: readonly string[]): string[] {
  const path = join(root, 'electron-builder.yml');
  const config = existsSync(path) ? readFileSync(path, 'utf8').split(/\r?\n/) : [];
  return lines.filter((line) => !config.includes(line)).map((line) => `'${line.trim()}' is not in it`);
}
