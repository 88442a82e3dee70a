import { expect, test } from './app.ts';
import { SCHEMAS, WHY_SKIPPED, haveSchemas } from './real-schemas.ts';

test('fal-ai/flux/dev by its real schema: form, queue, picture, cancel, history with the server gone, request', async ({
  launch,
  startFal,
}) => {
  test.skip(!haveSchemas, WHY_SKIPPED);
  const fal = await startFal({ schemas: SCHEMAS });
  const env = { FAL_KEY: 'demo:demo' };
  const first = await launch({ fal, env });
  const { app, ui, page } = first;

  await test.step('find it among hundreds and see its form', async () => {
    await ui.pickModel('flux dev', 'fal-ai/flux/dev');
    await expect(ui.prompt).toBeVisible();
    await expect(ui.request.getByRole('combobox', { name: 'Image size' })).toHaveText(/Landscape 4:3/);
    await expect(ui.request.getByRole('slider', { name: /inference steps/i })).toBeVisible();
    await expect(ui.request.getByRole('textbox', { name: 'Seed' })).toHaveAttribute('placeholder', 'random');
  });

  await test.step('run it with what was set, and nothing more', async () => {
    await ui.prompt.fill('a wren on a fence post');
    await ui.request.getByRole('combobox', { name: 'Image size' }).click();
    await page.getByRole('option', { name: /Square HD/i }).click();
    await ui.request.getByRole('textbox', { name: 'Seed' }).fill('6252023');
    await ui.run();
    await ui.done();
    await expect(ui.result.getByText('seed 6252023')).toBeVisible();
    await ui.tab('JSON');
    await ui.result.getByRole('button', { name: 'Copy the request' }).click();
    await expect(page.getByText('Request copied')).toBeVisible();
    expect(JSON.parse(await app.evaluate(({ clipboard }) => clipboard.readText()))).toEqual({
      prompt: 'a wren on a fence post',
      image_size: 'square_hd',
      seed: 6252023,
    });
    await ui.tab('Preview');
    const size = await ui.decodedSize(ui.picture);
    expect(size.width).toBe(size.height);
    expect(fal.requests().filter((request) => request.method === 'POST')).toHaveLength(1);
  });

  await test.step('cancel one that waits', async () => {
    fal.setFaults(['hold:queued']);
    await ui.prompt.fill('never to be painted');
    await ui.run();
    await expect(ui.status).toHaveText(/queue/i);
    await ui.result.getByRole('button', { name: /^Cancel/ }).click();
    await expect(ui.status).toHaveText('Cancelled');
    await expect(ui.result.getByText('It was stopped before it began.')).toBeVisible();
    fal.setFaults([]);
  });

  await first.close();
  await fal.close();
  // The server is gone: what follows is read from this computer alone.
  const second = await launch({ fal, env, allowFaults: true });

  await test.step('the picture in the history, from the disk', async () => {
    await second.ui.go('History');
    await second.page.getByRole('button', { name: /a wren on a fence post/ }).click();
    const picture = second.page.getByRole('region', { name: 'Run' }).getByRole('img', { name: /^Result:/ });
    expect((await second.ui.decodedSize(picture)).width).toBeGreaterThan(100);
  });

  await test.step('as a request again, in the form of its kept schema', async () => {
    await second.page.getByRole('button', { name: 'Open as request' }).click();
    await expect(second.ui.prompt).toHaveValue('a wren on a fence post');
    await expect(second.ui.request.getByRole('combobox', { name: 'Image size' })).toHaveText(/Square HD/);
    await second.ui.requestView('JSON');
    const json = await second.ui.json.innerText();
    expect(JSON.parse(json)).toEqual({
      prompt: 'a wren on a fence post',
      image_size: 'square_hd',
      seed: 6252023,
    });
  });
});
