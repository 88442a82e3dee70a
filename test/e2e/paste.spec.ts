import { LONG } from '../../playwright.config.ts';
import { call, dig, text } from '../../electron/local-fal/testing.ts';
import { expect, test } from './app.ts';
import { Browser } from './browser.ts';
import { fixtureModel } from './fixture-model.ts';

const KEY = { FAL_KEY: 'demo:demo' };
const ID = 'test/riddle';
const models = () => [fixtureModel(), fixtureModel({ endpointId: ID })];

const JAVASCRIPT = `import { fal } from "@fal-ai/client";
const result = await fal.subscribe("${ID}", {
  input: { prompt: 'from JavaScript', shapes: [{ name: "circle" }], image_url: file },
  logs: true,
});`;
const PYTHON = `import fal_client
result = fal_client.subscribe(
    "${ID}",
    arguments={"prompt": "from Python", "extra": True},
)`;
const CURL = `curl --request POST \\
  --url https://queue.fal.run/${ID} \\
  --header "Authorization: Key $FAL_KEY" \\
  --data '{ "prompt": "from a shell" }'`;

test('an id, an address or a call pasted into the search is found, and opens at Enter', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: models() });
  const { page, ui } = await launch({ fal, env: KEY });
  const browser = new Browser(page);
  for (const text of [ID, `https://fal.ai/models/${ID}/playground?share=1b`, `await fal.run("${ID}")`])
    await test.step(text, async () => {
      await ui.pickModel('test/picky', 'test/picky');
      await browser.open();
      await browser.paste(text);
      await expect(browser.finder).toHaveValue(ID);
      await expect(browser.rows.first()).toContainText(ID);
      await page.keyboard.press('Enter');
      await expect(browser.dialog).toHaveCount(0);
      await expect(page.getByRole('button', { name: ID }).first()).toBeVisible();
    });
});

test('pasted code or JSON opens its model with its values, says so, and can be undone', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: models() });
  const { page, ui } = await launch({ fal, env: KEY });
  const browser = new Browser(page);
  await ui.pickModel(ID, ID);
  await ui.prompt.fill('mine');
  for (const [what, text, prompt, said] of [
    ['JavaScript', JAVASCRIPT, 'from JavaScript', `Opened ${ID} with 2 values`],
    ['Python', PYTHON, 'from Python', `Opened ${ID} with 2 values`],
    ['a curl line', CURL, 'from a shell', `Opened ${ID} with 1 value`],
    ['JSON that names it', `{ endpoint: '${ID}', prompt: 'named' }`, 'named', `Opened ${ID} with 1 value`],
  ] as const)
    await test.step(what, async () => {
      await ui.pickModel('test/picky', 'test/picky');
      await browser.open();
      await browser.paste(text);
      await expect(browser.dialog).toHaveCount(0);
      await expect(ui.prompt).toHaveValue(prompt);
      await expect(page.getByText(said).first()).toBeVisible();
      await ui.undo.click();
      await expect(page.getByRole('button', { name: 'test/picky' }).first()).toBeVisible();
      await ui.pickModel(ID, ID);
      await expect(ui.prompt).toHaveValue('mine');
    });
});

test('what is no plain value is left out, and named', { tag: LONG }, async ({ launch, startFal }) => {
  const fal = await startFal({ extraModels: models() });
  const { page } = await launch({ fal, env: KEY });
  const browser = new Browser(page);
  await browser.open();
  await browser.paste(JAVASCRIPT);
  await expect(page.getByText('Left out: image_url (not a plain value).')).toBeVisible();
});

test('on the Playground with nothing focused, request JSON fills the open model, and code opens another', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: models() });
  const { page, ui } = await launch({ fal, env: KEY });
  const browser = new Browser(page);
  await ui.pickModel('test/picky', 'test/picky');
  await ui.prompt.fill('mine');
  // Where something is being written it is only text.
  await browser.paste('{"prompt": "not this"}');
  await expect(ui.prompt).toHaveValue('mine');
  await ui.prompt.blur();
  await browser.paste('{"prompt": "pasted", "shapes": [{"name": "a"}]}');
  await expect(ui.prompt).toHaveValue('pasted');
  await expect(page.getByText('Filled test/picky with 2 values')).toBeVisible();
  await ui.undo.click();
  await expect(ui.prompt).toHaveValue('mine');
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  // Not every word with a slash in it is a model.
  for (const word of ['image/png', '24/7', '/home/me/x']) await browser.paste(word);
  await browser.paste(ID);
  await expect(page.getByText(`Opened ${ID}`)).toBeVisible();
  await expect(page.getByText(/^Opened (image|24|home)/)).toHaveCount(0);
  await ui.undo.click();
  await expect(ui.prompt).toHaveValue('mine');
  await browser.paste(PYTHON);
  await expect(page.getByRole('button', { name: ID }).first()).toBeVisible();
  await expect(ui.prompt).toHaveValue('from Python');
});

test('a request’s id shows the run of it, and one from elsewhere may be followed', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: models() });
  const { page, ui } = await launch({ fal, env: KEY });
  const browser = new Browser(page);
  await ui.pickModel(ID, ID);
  await ui.prompt.fill('who am I?');
  await ui.run();
  await ui.done();
  const requestId = await page.evaluate(async () => {
    const answer = await window.playground.commands['runs.page']({
      before: null,
      limit: 1,
      endpointId: null,
    });
    return answer.ok ? answer.value.runs[0]?.requestId : null;
  });
  await browser.open();
  await browser.paste('00000000-0000-4000-8000-000000000000');
  const follow = page.getByRole('dialog', { name: 'Follow a request' });
  await expect(follow.getByRole('textbox', { name: 'Model it was sent to' })).toHaveValue(ID);
  await page.keyboard.press('Escape');
  await expect(follow).toBeHidden();
  const sent = await call(`${fal.hosts.queue}/${ID}`, { json: { prompt: 'sent from elsewhere' } });
  await browser.open();
  await browser.paste(text(dig(sent.body, 'request_id')));
  await follow.getByRole('button', { name: 'Follow it here' }).click();
  await expect(follow).toBeHidden();
  await ui.done();
  await expect(ui.result.getByRole('button', { name: /^sent from elsewhere/, pressed: true })).toBeVisible();
  await browser.open();
  await browser.paste(`https://queue.fal.run/test/riddle/requests/${requestId}/status`);
  await expect(page.getByRole('region', { name: 'Run' })).toContainText('who am I?');
});

test(
  'a megabyte of quotes does nothing, and the window stays at hand',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const fal = await startFal({ extraModels: models() });
    const { page, ui } = await launch({ fal, env: KEY });
    const browser = new Browser(page);
    await ui.pickModel('test/picky', 'test/picky');
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    await browser.paste(`fal.run("${ID}", { input: { a: ${'"'.repeat(1_000_000)}`);
    await ui.prompt.fill('still here');
    await expect(ui.prompt).toHaveValue('still here');
  },
);
