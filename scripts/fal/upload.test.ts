import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { startFal } from '../../electron/fal/fal.fixture.ts';
import { dig } from '../../electron/local-fal/testing.ts';
import type { TestFal } from '../../test/local-fal/index.ts';
import { SCRIPT, fal } from './command.fixture.ts';

const MIB = 1024 * 1024;

async function file(name: string, content: string | Buffer, size?: number): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'fal-upload-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const path = join(dir, name);
  await writeFile(path, content);
  if (size !== undefined) await truncate(path, size);
  return path;
}
const posts = (server: TestFal): string[] =>
  server.requests().flatMap(({ method, path }) => (method === 'POST' ? [path] : []));

test('a small file: its address alone; its type is what its bytes say', async () => {
  const server = await startFal();
  const path = await file('wren.txt', Buffer.from('89504e470d0a1a0a0000000d4948445200000001', 'hex'));
  const told = await fal(['upload', path, '--hosts', server.url, '--keep-files', '1h']);
  expect(told).toMatchObject({ code: 0, errors: [], lines: [{ type: 'result', requestId: null }] });
  const got = await fetch(String(dig(told.lines[0], 'data')));
  expect([told.lines.length, got.headers.get('content-type')]).toEqual([1, 'image/png']);
});

test('a large one goes in parts, and says how far it is at each tenth', { timeout: 60_000 }, async () => {
  const server = await startFal();
  const total = 100 * MIB;
  const path = await file('film.txt', 'a film', total);
  const told = await fal(['upload', path, '--hosts', server.url]);
  expect(told).toMatchObject({ code: 0, errors: [] });
  const [result, ...steps] = told.lines.toReversed();
  const sent = steps.toReversed().map((line) => Number(dig(line, 'sent')));
  expect(steps).toContainEqual({ type: 'status', requestId: null, status: 'UPLOADING', sent: total, total });
  expect(sent.map((bytes) => Math.floor((bytes * 10) / total))).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  const got = await fetch(String(dig(result, 'data')), { method: 'HEAD' });
  expect(got.headers.get('content-length')).toBe(String(total));
});

describe('an error is one line, and fal is asked for nothing', () => {
  test.each<[string, () => Promise<string>, string]>([
    ['a file that is not there', async () => '/nowhere/at/all', 'There is no such file'],
    ['a folder', async () => tmpdir(), 'This is not a file'],
    ['an empty file', () => file('empty', ''), 'The file is empty'],
    ['a device without an end', async () => '/dev/zero', 'This is not a file'],
  ])('%s', async (_name, make, title) => {
    const server = await startFal();
    const told = await fal(['upload', await make(), '--hosts', server.url]);
    expect(told).toMatchObject({ code: 1, lines: [], errors: [{ error: { kind: 'input', title } }] });
    expect(posts(server)).toEqual([]);
  });
});

test('a file that changes on the way is not joined', async () => {
  const server = await startFal({ faults: ['hold:part'] });
  const path = await file('film.bin', 'a film', 100 * MIB);
  const ending = fal(['upload', path, '--hosts', server.url]);
  await vi.waitUntil(() => server.requests().some((request) => request.path.endsWith('/2')), {
    timeout: 15_000,
  });
  await appendFile(path, 'more');
  server.setFaults([]);
  expect(await ending).toMatchObject({
    code: 1,
    errors: [{ error: { kind: 'storage', title: 'The file changed while it was sent', detail: path } }],
  });
  expect(posts(server)).toEqual(['/rest/storage/upload/initiate-multipart']);
});

test('Ctrl-C ends it', async () => {
  const server = await startFal({ faults: ['hold:part'] });
  const path = await file('film.bin', 'a film', 100 * MIB);
  const child = spawn(process.execPath, [SCRIPT, 'upload', path, '--hosts', server.url], {
    env: { ...process.env, FAL_KEY: 'demo:demo' },
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let err = '';
  child.stderr.on('data', (text) => (err += String(text)));
  await vi.waitUntil(() => server.requests().some((request) => request.path.endsWith('/2')), {
    timeout: 15_000,
  });
  child.kill('SIGINT');
  expect(await once(child, 'close')).toEqual([1, null]);
  expect(err).toContain('"kind":"cancelled"');
});
