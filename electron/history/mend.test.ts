import { expect, test } from 'vitest';
import type { Run } from '../../shared/runs/run.ts';
import { keptFiles, sha } from './kept-files.fixture.ts';
import { mendFile } from './mend.ts';
import type { MendOptions } from './mend.ts';

/** A run whose file is another at its address by now, and what happens while it is downloaded again. */
async function begin(
  meanwhile: (history: Awaited<ReturnType<typeof keptFiles>>['history']) => Promise<unknown>,
) {
  const { history, served, brought, fetchAgain } = await keptFiles();
  await brought(1, ['file']);
  served.set('file', 'another');
  const changed: Run[] = [];
  const slowly: MendOptions['fetchAgain'] = async (...asked) => {
    const file = await fetchAgain(...asked);
    await meanwhile(history);
    return file;
  };
  const mended = await mendFile(sha('file'), {
    history,
    fetchAgain: slowly,
    changed: (run) => changed.push(run),
  });
  return { history, mended, changed };
}

test('a run deleted for good while its file is downloaded again stays so', async () => {
  const { history, mended, changed } = await begin(async (there) => {
    await there.trash([1], 1);
    await there.purge([1], 1);
  });
  expect(mended).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  expect([await history.run(1), changed]).toEqual([null, []]);
});

test('what became of the run meanwhile is kept', async () => {
  const { history, mended } = await begin(async (there) => {
    const run = await there.run(1);
    if (run !== null) await there.putRun({ ...run, output: { later: true } });
  });
  expect(mended).toEqual({ ok: true, value: 'other' });
  expect(await history.run(1)).toMatchObject({
    output: { later: true },
    media: [{ sha256: sha('another') }],
  });
});
