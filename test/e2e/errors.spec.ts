import { LONG } from '../../playwright.config.ts';
import { expect, test } from './app.ts';
import { fixtureModel } from './fixture-model.ts';
import { KeySettings } from './key-settings.ts';
import { startMuteServer } from './mute-server.ts';

const env = { FAL_KEY: 'demo:demo' };

test('a wrong key: fal’s own words, and nothing of the draft lost; the right one typed then works', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ key: 'right:key' });
  const { ui, page } = await launch({ fal, env: { FAL_KEY: 'wrong:key' } });
  await ui.prompt.fill('kept through it all');
  await ui.run();
  const error = ui.result.getByRole('alert');
  await expect(error).toContainText('fal did not accept the key');
  const answer = await fetch(`${fal.hosts.queue}/demo/hillside`, {
    method: 'POST',
    headers: { authorization: 'Key wrong:key' },
    body: '{}',
  });
  const { detail } = await answer.json();
  await expect(error).toContainText(detail);
  await expect(ui.prompt).toHaveValue('kept through it all');

  await ui.go('Settings');
  const keys = new KeySettings(page);
  await keys.add('work', 'right:key');
  await expect(keys.outcome).toContainText('accepts “work”');
  await ui.go('Playground');
  await expect(ui.prompt).toHaveValue('kept through it all');
  await ui.run();
  await ui.done();
});

test('no key at all: nothing is sent, and the way to Settings is offered', async ({ launch, startFal }) => {
  const fal = await startFal();
  const { ui, page } = await launch({ fal });
  await ui.prompt.fill('a hill');
  await ui.run();
  await expect(ui.request.getByRole('alert')).toContainText('There is no key yet');
  expect(fal.requests().filter((request) => request.method === 'POST')).toEqual([]);
  await ui.request.getByRole('button', { name: 'Open Settings' }).click();
  await expect(page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('no network: it says so, keeps the draft, and runs when the network is back', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal();
  const port = Number(new URL(fal.url).port);
  const { ui } = await launch({ fal, env });
  await ui.prompt.fill('a hill in the rain');
  await fal.close();
  await ui.run();
  const alert = ui.request.getByRole('alert');
  await expect(alert).toContainText('The local server does not answer');
  await expect(alert).toContainText('Nothing was sent');
  await expect(ui.prompt).toHaveValue('a hill in the rain');
  await startFal({ port });
  await ui.run();
  await ui.done();
});

test(
  'the status stream breaks in the middle: the run is followed to its end all the same, and sent once',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ faults: ['stream-drop', 'hold:running'] });
    const { ui } = await launch({ fal, env });
    await ui.prompt.fill('a long wait');
    await ui.run();
    await expect(ui.status).toHaveText('Running');
    fal.setFaults([]);
    await ui.done();
    expect(fal.requests().filter((request) => request.method === 'POST')).toHaveLength(1);
  },
);

test('a 422 lands on its field, by name and inside a list, and goes when the field is changed', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: [fixtureModel()] });
  const { ui } = await launch({ fal, env });
  await ui.pickModel('picky', 'test/picky');
  await ui.prompt.fill('refuse me');
  await ui.run();
  const field = ui.request.locator('[data-field="prompt"]');
  await expect(field.getByRole('alert')).toHaveText('Prompts about refusals are refused');
  await expect(ui.prompt).toHaveAttribute('aria-invalid', 'true');
  await expect(ui.prompt).toBeFocused();
  await expect(ui.request.locator('[data-field="shapes"]').getByRole('alert')).toContainText('Not a shape');
  await expect(ui.result.getByRole('alert')).toContainText('The model refused the input');
  await ui.prompt.fill('fine now');
  await expect(field.getByRole('alert')).toHaveCount(0);
  await ui.run();
  await ui.done();
});

test('what the schema forbids is said before anything is sent', async ({ launch, startFal }) => {
  const fal = await startFal();
  const { ui } = await launch({ fal, env });
  await expect(ui.prompt).toBeVisible();
  await ui.run();
  await expect(ui.request.locator('[data-field="prompt"]').getByRole('alert')).toBeVisible();
  await expect(ui.prompt).toBeFocused();
  expect(fal.requests().filter((request) => request.method === 'POST')).toEqual([]);
});

test(
  'a schema that cannot be read leaves a JSON form that runs',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({
      extraModels: [fixtureModel({ endpointId: 'test/riddle', document: { openapi: '3.0.4', paths: {} } })],
    });
    const { ui } = await launch({ fal, env });
    await ui.pickModel('riddle', 'test/riddle');
    await expect(ui.request.getByText('Write the request as JSON')).toBeVisible();
    await ui.json.fill('{"prompt": ');
    await expect(ui.request.getByText(/^Not used yet/)).toBeVisible();
    await ui.json.fill('{"prompt": "written by hand"}');
    await ui.run();
    await ui.done();
    await ui.tab('JSON');
    await expect(ui.tree).toContainText('written by hand');
  },
);

test('an error inside COMPLETED is a failure in the server’s words', async ({ launch, startFal }) => {
  const fal = await startFal({ faults: ['completed-error'] });
  const { ui } = await launch({ fal, env });
  await ui.prompt.fill('doomed');
  await ui.run();
  await expect(ui.status).toHaveText('Failed');
  await expect(ui.result.getByRole('alert')).toContainText('Request');
  await expect(ui.prompt).toHaveValue('doomed');
});

test(
  '503 with Retry-After is waited for and sent again; no status stream means polling; a cut file is resumed',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ faults: ['submit-503', 'no-status-stream', 'drop-mid-body'] });
    const { ui } = await launch({ fal, env });
    await ui.prompt.fill('against all odds');
    await ui.run();
    await ui.done();
    expect((await ui.decodedSize(ui.picture)).width).toBe(1024);
    const posts = fal.requests().filter((request) => request.method === 'POST');
    expect(posts.map((request) => request.status)).toEqual([503, 200]);
  },
);

test('a file that cannot be copied is said and can be fetched again later', async ({ launch, startFal }) => {
  const fal = await startFal({ faults: ['drop-mid-body:always'] });
  const { ui } = await launch({ fal, env });
  await ui.prompt.fill('half a hill');
  await ui.run();
  await ui.done();
  await expect(ui.result.getByRole('alert')).toContainText('could not be copied');
  fal.setFaults([]);
  await ui.result.getByRole('button', { name: 'Fetch again' }).click();
  expect((await ui.decodedSize(ui.picture)).width).toBe(1024);
});

test('an answer lost after the submit is unconfirmed and never sent twice', async ({ launch }) => {
  const server = await startMuteServer('hang up');
  const { ui } = await launch({ args: [`--hosts=${server.url}`], env, allowFaults: true });
  await ui.writeJson({ prompt: 'into the void' });
  await ui.run();
  await expect(ui.status).toHaveText('Unconfirmed');
  await expect(ui.result.getByRole('alert')).toContainText('nothing is paid twice');
  expect(server.submits()).toBe(1);
  server.close();
});

test(
  'an answer lost after a submit that fal took: it is found there and followed, and sent once',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ faults: ['drop-submit'] });
    const { ui } = await launch({ fal, env });
    await ui.prompt.fill('lost and found');
    await ui.run();
    await ui.done();
    expect((await ui.decodedSize(ui.picture)).width).toBe(1024);
    expect(fal.requests().filter(({ method }) => method === 'POST')).toHaveLength(1);
  },
);

test(
  'a key that may not list requests: nothing is offered before that is known, and it says what is',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ faults: ['drop-submit', 'requests-403', 'hold:lookup', 'hold:running'] });
    const { ui } = await launch({ fal, env, allowFaults: true });
    await ui.prompt.fill('lost');
    await ui.run();
    await expect(ui.status).toHaveText('Asking fal whether it took the request');
    await expect(ui.result.getByText('Nothing is sent again meanwhile')).toBeVisible();
    await expect(ui.result.getByRole('button', { name: /^Send again/ })).toHaveCount(0);
    fal.setFaults(['requests-403', 'hold:running']);
    const card = ui.result.getByRole('alert');
    await expect(card).toContainText('could not be looked up. This key may not list requests');
    await expect(card).toContainText('A key with the admin scope of the same account may');
    await expect(card).toContainText('paid for twice if fal did take it');

    // With a key that may, the run is found: still the one that was sent.
    fal.setFaults([]);
    await card.getByRole('button', { name: 'Look again' }).click();
    await ui.done();
    expect(fal.requests().filter(({ method }) => method === 'POST')).toHaveLength(1);
  },
);

test(
  'requests of the model that are not of this app are said, and none is taken for the run',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal();
    for (const prompt of ['of another computer', 'of the website'])
      await fetch(`${fal.hosts.queue}/demo/hillside`, {
        method: 'POST',
        headers: { authorization: 'Key demo:demo' },
        body: JSON.stringify({ prompt }),
      });
    const { ui } = await launch({ fal, env, allowFaults: true });
    await ui.prompt.fill('lost on the way there');
    fal.setFaults(['lose-submit']);
    await ui.run();
    const card = ui.result.getByRole('alert');
    await expect(card).toContainText('fal has 2 requests of this model from that time that are not here');
    fal.setFaults([]);
    await card.getByRole('button', { name: 'Send again' }).click();
    await ui.done();
    expect(fal.requests().filter(({ method }) => method === 'POST')).toHaveLength(4);
  },
);
