import { LONG } from '../../playwright.config.ts';
import { readFile, readdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from './app.ts';
import type { TestFal } from '../local-fal/index.ts';
import { test } from './small-disk.ts';

const env = { FAL_KEY: 'demo:demo' };
const posts = (fal: TestFal): number => fal.requests().filter(({ method }) => method === 'POST').length;

test('a full disk: nothing is sent unwritten, what runs goes on, and each sentence says what to do', async ({
  launch,
  startFal,
  disk,
}) => {
  test.skip(disk === null, 'Needs the right to mount a small disk, and the stand-in.');
  const fal = await startFal({ faults: ['hold:running'] });
  const { ui, page } = await launch({ fal, env, allowFaults: true });
  await ui.prompt.fill('a hill on a full disk');
  await ui.run();
  await expect(ui.status).toHaveText('Running');
  await disk?.fill();

  await ui.prompt.fill('a second hill');
  await ui.run();
  const refusal = ui.request.getByRole('alert');
  await expect(refusal).toContainText('The run could not be written down');
  await expect(refusal).toContainText('Nothing was sent and nothing is paid. Make room on the disk');
  await expect(ui.prompt).toHaveValue('a second hill');
  expect(posts(fal)).toBe(1);

  fal.setFaults([]);
  await ui.done();
  const notice = page.getByRole('alert').filter({ hasText: 'The history could not be written' });
  await expect(notice).toContainText('Make room on the disk. Runs go on and are looked up again');
  await expect(ui.result.getByRole('alert')).toContainText('Make room');

  await disk?.makeRoom();
  await ui.result.getByRole('button', { name: 'Fetch again' }).click();
  expect((await ui.decodedSize(ui.picture)).width).toBe(1024);
  await ui.run();
  await expect(refusal).toHaveCount(0);
  // The run before is done too: it is the second submit that is waited for.
  await expect.poll(() => posts(fal)).toBe(2);
  await ui.done();
  expect(posts(fal)).toBe(2);
});

test('a folder that cannot be written: what is there is shown, and nothing is sent', async ({
  launch,
  startFal,
  disk,
  dataDir,
}) => {
  test.skip(disk === null, 'Needs the right to mount a small disk, and the stand-in.');
  const fal = await startFal();
  const first = await launch({ fal, env });
  await first.ui.prompt.fill('a hill of better days');
  await first.ui.run();
  await first.ui.done();
  await first.close();
  disk?.remount('ro');

  const { ui, page } = await launch({ fal, env, allowFaults: true });
  const notice = page.getByRole('alert').filter({ hasText: `Nothing can be written in ${dataDir}` });
  await expect(notice).toContainText('What is there can be looked at, but nothing can be run.');
  await expect(notice).toContainText('Make room, or make it writable, and start again.');
  expect((await ui.decodedSize(ui.picture)).width).toBe(1024);
  await ui.prompt.fill('a hill that is not to be');
  await ui.run();
  await expect(ui.request.getByRole('alert')).toContainText('Nothing was sent and nothing is paid');
  expect(posts(fal)).toBe(1);
});

const DAMAGES = [
  ['cut in half', (file: string, bytes: Buffer) => truncate(file, Math.floor(bytes.length / 2))],
  ['with one bit flipped', (file: string, bytes: Buffer) => writeFile(file, flipped(bytes, 4096))],
] as const;

for (const [what, damage] of DAMAGES) {
  test(`a history ${what} is set aside as it is and said, and a new one begins`, async ({
    launch,
    startFal,
    dataDir,
  }) => {
    const fal = await startFal();
    const first = await launch({ fal, env });
    await first.ui.prompt.fill('a hill that is set aside');
    await first.ui.run();
    await first.ui.done();
    await first.close();
    const file = join(dataDir, 'history.db');
    await damage(file, await readFile(file));
    const damaged = await readFile(file);

    const { ui, page } = await launch({ fal, env });
    const notice = page.getByRole('alert').filter({ hasText: 'The history could not be opened.' });
    await expect(notice).toContainText('and a new one was begun');
    const aside = (await readdir(dataDir)).find((name) => /^history-.*\.db$/.test(name)) ?? '';
    await expect(notice).toContainText(join(dataDir, aside));
    expect(await readFile(join(dataDir, aside))).toEqual(damaged);
    await expect(ui.result).toContainText('Nothing has run yet');
    await ui.prompt.fill('the first hill of a new history');
    await ui.run();
    await ui.done();
  });
}

test(
  'a row of a newer version is passed over, said, and left as it is',
  { tag: LONG },
  async ({ launch, startFal, dataDir }) => {
    const fal = await startFal();
    const first = await launch({ fal, env });
    const results = first.page.getByRole('list', { name: "This model's last results" }).getByRole('listitem');
    for (const [before, prompt] of ['a hill of the future', 'a hill of today'].entries()) {
      await first.ui.prompt.fill(prompt);
      await first.ui.run();
      // The run before is done too.
      await expect(results).toHaveCount(before + 1);
      await first.ui.done();
    }
    await first.close();
    const query = `SELECT * FROM runs WHERE input LIKE '%future%'`;
    const raw = new DatabaseSync(join(dataDir, 'history.db'));
    raw.exec(
      `UPDATE runs SET state_kind = 'dreaming', state = '{"kind":"dreaming"}' WHERE input LIKE '%future%'`,
    );
    const newer = raw.prepare(query).all();
    raw.close();

    const { ui, page, close } = await launch({ fal, env });
    const notice = page.getByRole('alert').filter({ hasText: 'Some runs of the history cannot be shown' });
    await expect(notice).toContainText('a newer version of this program wrote them');
    await expect(notice).toContainText('They are kept as they are.');
    await ui.go('History');
    await expect(page.getByRole('button', { name: /a hill of today/ })).toBeVisible();
    await expect(page.getByRole('button', { name: /a hill of the future/ })).toHaveCount(0);
    await close();
    const after = new DatabaseSync(join(dataDir, 'history.db'));
    expect(after.prepare(query).all()).toEqual(newer);
    expect(newer).toHaveLength(1);
    after.close();
  },
);

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}
