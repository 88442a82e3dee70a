import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { stringifyJson } from '../../shared/json.ts';
import { manifestOf, MANIFEST, RUNS } from './export-format.ts';
import { tempDir } from './history.fixture.ts';
import { importRuns } from './import-runs.ts';
import { aNearStore, byHand, everything, lineOf, made } from './transfer.fixture.ts';

const AT = 1_700_000_000_000_000;
const MIB = 2 ** 20;

test('a file that unpacks to far more than it is packed is left, and the run comes in', async () => {
  const store = await aNearStore();
  const zeros = Buffer.alloc(65 * MIB);
  const sha256 = createHash('sha256').update(zeros).digest('hex');
  const file = { sha256, contentType: 'application/octet-stream', bytes: zeros.length };
  const path = join(await tempDir(), 'bomb.zip');
  const zip = new ZipFile();
  zip.addBuffer(Buffer.from(`${stringifyJson(lineOf(made(AT), { files: [file] }))}\n`), RUNS);
  zip.addBuffer(zeros, `media/${sha256}.bin`);
  zip.addBuffer(Buffer.from(JSON.stringify(manifestOf({ runs: 1, files: 1, bytes: 1 }, 0))), MANIFEST);
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
  expect(await store.transfers.import(path)).toMatchObject({
    ok: true,
    value: { added: 1, files: 0, altered: 1 },
  });
  expect((await everything(store)).files).toEqual([]);
});

test('a file that is said to be larger than any is not read at all', async () => {
  const store = await aNearStore();
  const parts = Readable.from([Buffer.from('a')]);
  const file = { sha256: 'a'.repeat(64), contentType: 'text/plain', bytes: 9 * 1024 * MIB };
  expect(await store.media.copyIn(parts, file)).toMatchObject({ error: { kind: 'input' } });
  expect(parts.readableDidRead).toBe(false);
});

test('a stop ends an import within a file, of which nothing is left', async () => {
  const { history, media } = await aNearStore();
  const stop = new AbortController();
  const file = { sha256: 'a'.repeat(64), contentType: 'text/plain', bytes: MIB };
  // One part, and then never another.
  const endless = new Readable({
    read() {
      if (stop.signal.aborted) return;
      this.push('a');
      setImmediate(() => stop.abort());
    },
  });
  const line = stringifyJson(lineOf(made(AT), { files: [file] }));
  const ended = await importRuns({
    history,
    media,
    signal: stop.signal,
    told: () => undefined,
    source: {
      manifest: manifestOf({ runs: 1, files: 1, bytes: 1 }, 0),
      runs: async () => Readable.from([Buffer.from(`${line}\n`)]),
      file: async () => endless,
      close: async () => undefined,
    },
  });
  expect(ended).toMatchObject({ error: { kind: 'cancelled' } });
  expect(endless.destroyed).toBe(true);
  expect(await media.unfinished()).toBe(0);
});

test('headers and a webhook of one’s own go neither out nor in', async () => {
  const store = await aNearStore();
  const secret = { headers: { 'x-token': 'secret' }, webhookUrl: 'https://example.com/?token=secret' };
  const run = made(AT, { options: { priority: 'low', ...secret } });
  await store.history.putRun(run);
  const { lines } = await store.history.exportRows([AT]);
  expect(lines).toHaveLength(1);
  expect(lines[0]?.text).toContain('"priority":"low"');
  expect(lines[0]?.text).not.toContain('secret');

  const other = await aNearStore();
  const line = lineOf(run);
  const folder = await byHand([{ ...line, run: { ...run, options: { priority: 'low', ...secret } } }]);
  expect(await other.transfers.import(folder)).toMatchObject({ value: { added: 1 } });
  expect((await other.history.run(AT))?.options).toEqual({ priority: 'low' });
});
