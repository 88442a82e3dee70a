import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectionTo, never, value } from '../fal.fixture.ts';
import { folder, storage } from './storage.fixture.ts';
import type { UploadSource } from './source.ts';
import { upload } from './upload.ts';

const local = { signal: never() };

/** Root may read everything: for this test it is not root. */
function asNobody(): void {
  if (process.geteuid?.() !== 0) return;
  process.seteuid?.(65_534);
  onTestFinished(() => process.seteuid?.(0));
}

describe('what can be sent', () => {
  const text = { contentType: 'text/plain', fileName: 'a.txt' };
  const bytes = Buffer.from('grün');
  const typeless = 'application/octet-stream';
  const time = /^\d{13}\.\w+$/;
  test.each<[string, UploadSource, string, unknown]>([
    ['bytes', { kind: 'bytes', bytes, ...text }, 'text/plain', 'a.txt'],
    ['bytes of which nothing is said', { kind: 'bytes', bytes }, typeless, expect.stringMatching(time)],
    ['a blob', { kind: 'bytes', bytes: new Blob([bytes]), fileName: 'b' }, typeless, 'b'],
    [
      'a file, by its own name and type',
      { kind: 'bytes', bytes: new File([bytes], 'c.txt', { type: 'text/plain' }) },
      'text/plain',
      'c.txt',
    ],
    [
      'a file, otherwise called',
      { kind: 'bytes', bytes: new File([bytes], 'c.txt'), ...text, fileName: 'd' },
      'text/plain',
      'd',
    ],
    [
      'a data URI in base64',
      { kind: 'data-uri', uri: `data:image/png;base64,${bytes.toString('base64')}` },
      'image/png',
      expect.stringMatching(/^\d{13}\.png$/),
    ],
    [
      'a data URI in plain',
      { kind: 'data-uri', uri: 'data:text/plain;charset=utf-8,gr%C3%BCn', fileName: 'e' },
      'text/plain;charset=utf-8',
      'e',
    ],
  ])('%s', async (_name, source, contentType, fileName) => {
    const server = await storage(200);
    value(await upload(connectionTo(server.hosts), source, local));
    const [initiate, put] = server.seen;
    expect(JSON.parse(initiate?.body ?? '')).toEqual({ content_type: contentType, file_name: fileName });
    expect(put).toMatchObject({
      body: 'grün',
      headers: { 'content-type': contentType, 'content-length': '5' },
    });
  });
});

describe('what cannot be sent is said, and fal is not asked', () => {
  const bytes = new Uint8Array([1]);
  test.each<[string, UploadSource, object]>([
    [
      'a file that is not there',
      { kind: 'path', path: '/nowhere/at/all' },
      { title: 'There is no such file' },
    ],
    ['a folder', { kind: 'path', path: tmpdir() }, { title: 'This is not a file', detail: tmpdir() }],
    ['no bytes', { kind: 'bytes', bytes: new Uint8Array() }, { title: 'The file is empty' }],
    ['an empty data URI', { kind: 'data-uri', uri: 'data:,' }, { title: 'The file is empty' }],
    [
      'no data URI',
      { kind: 'data-uri', uri: 'https://a.example/' },
      { title: 'This data URI cannot be read' },
    ],
    ['a broken one', { kind: 'data-uri', uri: 'data:;base64,A' }, { title: 'This data URI cannot be read' }],
    ['a type of two lines', { kind: 'bytes', bytes, contentType: 'a\nb: c' }, { detail: 'a\nb: c' }],
  ])('%s', async (_name, source, error) => {
    const server = await storage(200);
    const sent = await upload(connectionTo(server.hosts), source, local);
    expect(sent).toMatchObject({ ok: false, error: { kind: 'input', hint: 'Nothing was sent.', ...error } });
    expect(server.seen).toEqual([]);
  });

  test.skipIf(process.platform === 'win32')('a pipe, which could be waited for without end', async () => {
    const server = await storage(200);
    const path = join(await folder(), 'pipe');
    execFileSync('mkfifo', [path]);
    const sent = await upload(connectionTo(server.hosts), { kind: 'path', path }, local);
    expect(sent).toMatchObject({ error: { kind: 'input', title: 'This is not a file' } });
  });

  test.skipIf(process.platform === 'win32')('a file that is not ours to read', async () => {
    const path = join(await folder(), 'secret');
    await writeFile(path, 'x', { mode: 0o000 });
    const server = await storage(200);
    asNobody();
    const sent = await upload(connectionTo(server.hosts), { kind: 'path', path }, local);
    expect(sent).toMatchObject({ error: { kind: 'storage', title: 'The file cannot be read' } });
    expect(server.seen).toEqual([]);
  });
});
