import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import * as z from 'zod';
import { root } from './app.ts';

/** Where a secret can be looked for: every message between main and window, the page, the disk, the processes. */

/** Runs before main's first line and hears every message either way; main itself is as it is built. */
const RECORDER = `
import { app, ipcMain } from 'electron';
const heard = [];
globalThis.heard = heard;
const text = (value) => {
  try {
    return JSON.stringify(value, (_key, inner) => typeof inner === 'bigint' ? String(inner) : inner) ?? '';
  } catch (error) {
    return 'unreadable: ' + error;
  }
};
const note = (to, channel, value) => heard.push({ to, channel, text: text(value) });
const handle = ipcMain.handle.bind(ipcMain);
ipcMain.handle = (channel, listener) => handle(channel, async (event, ...args) => {
  note('main', channel, args);
  try {
    const answer = await listener(event, ...args);
    note('window', channel, answer);
    return answer;
  } catch (error) {
    note('window', channel, String(error));
    throw error;
  }
});
const emit = ipcMain.emit.bind(ipcMain);
ipcMain.emit = (channel, event, ...args) => {
  note('main', String(channel), args);
  return emit(channel, event, ...args);
};
app.on('web-contents-created', (_event, contents) => {
  for (const name of ['send', 'postMessage']) {
    const send = contents[name].bind(contents);
    contents[name] = (channel, ...args) => {
      note('window', channel, args);
      return send(channel, ...args);
    };
  }
});
await import('./main.js');
`;

/** A copy of the built app that records what crosses between its processes. */
export function recordingApp(): string {
  const dir = mkdtempSync(join(tmpdir(), 'recording-'));
  mkdirSync(join(dir, 'out'));
  cpSync(join(root, 'out', 'main'), join(dir, 'out', 'main'), { recursive: true });
  for (const part of ['out/preload', 'out/renderer', 'node_modules'])
    symlinkSync(join(root, part), join(dir, part), 'junction');
  writeFileSync(join(dir, 'out', 'main', 'recorder.js'), RECORDER);
  const manifest = z
    .record(z.string(), z.unknown())
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  writeFileSync(join(dir, 'package.json'), JSON.stringify({ ...manifest, main: 'out/main/recorder.js' }));
  return dir;
}

const messageSchema = z.object({ to: z.enum(['main', 'window']), channel: z.string(), text: z.string() });
export type Message = z.infer<typeof messageSchema>;

export async function messages(app: ElectronApplication): Promise<Message[]> {
  return z.array(messageSchema).parse(await app.evaluate(() => Reflect.get(globalThis, 'heard')));
}

/** The page as far as a script in it can see: markup, what stands in boxes, both storages, history state, cookies. */
export async function pageText(page: Page): Promise<string> {
  const seen = await page.evaluate(async () => ({
    boxes: [...document.querySelectorAll('input, textarea, select')].map((box) => Reflect.get(box, 'value')),
    storages: [{ ...localStorage }, { ...sessionStorage }],
    databases: (await indexedDB.databases()).map(({ name }) => name),
    cookies: document.cookie,
    address: location.href,
    state: history.state,
  }));
  return `${await page.content()}\n${JSON.stringify(seen)}`;
}

/** Every string the page's heap still reaches once it was swept: stores, component state, closures, caches. */
export async function heapText(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const parts: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => parts.push(chunk));
  await session.send('HeapProfiler.collectGarbage');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return parts.join('');
}

/** The files under a folder in which one of the forms stands, and how many were looked through. */
export function filesWith(dir: string, forms: readonly Buffer[]): { found: string[]; searched: number } {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const found = files.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const bytes = readIfThere(path);
    return bytes !== null && forms.some((form) => bytes.includes(form)) ? [path] : [];
  });
  return { found, searched: files.length };
}

/** Command lines of all processes on this computer; empty where the system does not show them so. */
export function commandLines(): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => readIfThere(`/proc/${pid}/cmdline`)?.toString('utf8') ?? []);
}

/** The secret as it stands in files: plain, in two-byte letters, in hexadecimal, in base64 at each of its three offsets. */
export function formsOf(secret: string): Buffer[] {
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.from('x'.repeat(offset) + secret)
      .toString('base64')
      // What depends on the letters before and after is left out.
      .slice(offset === 0 ? 0 : 4)
      .replace(/.{0,4}=*$/, ''),
  );
  const hex = Buffer.from(secret).toString('hex');
  return [
    Buffer.from(secret),
    Buffer.from(secret, 'utf16le'),
    ...[hex, ...base64].map((text) => Buffer.from(text)),
  ];
}

function readIfThere(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    // A process or a temporary file that is gone by now.
    return null;
  }
}
