import { LONG } from '../../playwright.config.ts';
import type { ElectronApplication, Locator } from '@playwright/test';
import { isJsonObject, parseJson } from '../../shared/json.ts';
import type { JsonObject } from '../../shared/json.ts';
import { expect, test } from './app.ts';
import type { LaunchOptions, Opened } from './app.ts';
import { expectClean } from './clean.ts';
import { fixtureModel } from './fixture-model.ts';
import type { Playground } from './playground.ts';
import { VIEWS_ID, viewsModel } from './views-model.ts';
import type { TestFal, TestFalOptions } from '../local-fal/index.ts';

/** Form, JSON and Code are three views of one request. */

const NASTY = 'it\'s "quoted" $HOME `x` \\n </script> 👩‍🎤\nsecond line';

interface Fixtures {
  readonly launch: (options?: LaunchOptions) => Promise<Opened>;
  readonly startFal: (options?: TestFalOptions) => Promise<TestFal>;
}

/** The window with the model open, and what the model is given. */
async function withModel({ launch, startFal }: Fixtures): Promise<Opened & { readonly seen: unknown[] }> {
  const { model, seen } = viewsModel();
  const fal = await startFal({ extraModels: [model] });
  const opened = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  await opened.ui.pickModel('views', VIEWS_ID);
  return { ...opened, seen };
}

const steps = (ui: Playground): Locator => ui.request.getByRole('textbox', { name: 'Steps' });
const code = (ui: Playground): Locator => ui.request.getByRole('region', { name: 'Request as code' });
const defaults = (ui: Playground): Locator => ui.request.getByRole('switch', { name: 'With defaults' });
const remark = (ui: Playground, text: string): Locator =>
  ui.request.getByRole('list', { name: 'Remarks on the JSON' }).getByRole('button').filter({ hasText: text });

/** The text of the editor as JSON; it draws every line of a short text. */
async function jsonIn(ui: Playground): Promise<JsonObject> {
  return objectIn(await ui.json.innerText());
}

function objectIn(text: string): JsonObject {
  const read = parseJson(text);
  if (!read.ok || !isJsonObject(read.value)) throw new Error(`No request: ${text}`);
  return read.value;
}

const clipboard = (app: ElectronApplication): Promise<string> =>
  app.evaluate(async ({ clipboard }) => clipboard.readText());

/** The request within a call of curl, as a shell would read it. */
function requestOf(curl: string): JsonObject {
  const body = /--data '((?:[^']|'\\'')*)'/.exec(curl)?.[1] ?? '';
  return objectIn(body.replaceAll("'\\''", "'"));
}

test('what is changed in one view is there in the others, and what is copied is what is sent', async ({
  launch,
  startFal,
}) => {
  const { app, ui, seen } = await withModel({ launch, startFal });
  await ui.prompt.fill(NASTY);
  await steps(ui).fill('30');
  await ui.requestView('JSON');
  await expect(ui.json).toContainText('"steps": 30');
  expect(await jsonIn(ui)).toEqual({ prompt: NASTY, steps: 30 });
  await ui.requestView('Code');
  await expect(code(ui)).toContainText('"steps": 30');

  await ui.writeJson({ prompt: NASTY, steps: 7, loras: [{ path: 'a' }] });
  await ui.requestView('Form');
  await expect(steps(ui)).toHaveValue('7');
  await ui.requestView('Code');
  await ui.request.getByRole('button', { name: 'Copy the code' }).click();
  await expect(ui.page.getByText('Code copied')).toBeVisible();
  const curl = await clipboard(app);
  expect(curl).toContain(`https://queue.fal.run/${VIEWS_ID}`);
  expect(curl).not.toContain('demo:demo');
  await ui.run();
  await ui.done();
  expect(seen).toEqual([requestOf(curl)]);
  expect(seen).toEqual([{ prompt: NASTY, steps: 7, loras: [{ path: 'a' }] }]);
});

test(
  'a name the schema does not know is kept, marked as what it is, and sent',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const { ui, seen } = await withModel({ launch, startFal });
    const request = { prompt: 'a wren', my_style: { oil: true }, loras: [{ path: 'a', strength: 2 }] };
    await ui.writeJson(request);
    await expect(remark(ui, 'Not in the model’s schema; sent as it is')).toHaveCount(2);
    await expect(remark(ui, 'loras[0].strength')).toBeVisible();
    await expect(ui.json).toHaveAttribute('aria-invalid', 'false');
    await ui.requestView('Form');
    const others = ui.request.getByRole('textbox', { name: 'Other keys' }).last();
    await expect(others).toHaveValue(/"oil": true/);
    await ui.prompt.fill('a wren, again');
    await ui.requestView('JSON');
    await expect(ui.json).toContainText('a wren, again');
    expect(await jsonIn(ui)).toEqual({ ...request, prompt: 'a wren, again' });
    await ui.run();
    await ui.done();
    expect(seen).toEqual([{ ...request, prompt: 'a wren, again' }]);
    await ui.requestView('Form');
    await expect(others).toHaveValue(/oil/);
    await others.fill('');
    await expect(others).not.toHaveValue(/oil/);
    await expect(ui.request.locator(':focus')).toHaveCount(1);
  },
);

test('what the schema refuses is marked at its place, by mouse and by keyboard, and nothing runs', async ({
  launch,
  startFal,
}) => {
  const { ui, page, seen } = await withModel({ launch, startFal });
  const selected = (): Promise<string> => page.evaluate(() => getSelection()?.toString() ?? '');
  await ui.requestView('JSON');
  await ui.json.fill('{\n  "prompt": "a wren",\n  "steps": 99,\n  "loras": [{ "scale": 9.5 }]\n}');
  await expect(remark(ui, 'loras[0].scale')).toContainText('Line 4');
  await expect(ui.json).toHaveAttribute('aria-invalid', 'true');
  await remark(ui, 'steps').click();
  await expect(ui.json).toBeFocused();
  await expect.poll(selected).toBe('99');
  await page.keyboard.press('F8');
  await expect.poll(selected).toBe('9.5');
  await page.keyboard.press('ControlOrMeta+Home');
  await ui.run();
  await expect.poll(selected).toBe('99');
  expect(seen).toEqual([]);
  await page.keyboard.type('4');
  await remark(ui, 'loras[0].scale').click();
  await page.keyboard.type('1.5');
  await expect(remark(ui, '')).toHaveCount(0);
  await ui.run();
  await ui.done();
  expect(seen).toEqual([{ prompt: 'a wren', steps: 4, loras: [{ scale: 1.5 }] }]);
});

test('what fal refuses is marked at its place, and does not take the caret from what is being written', async ({
  launch,
  startFal,
}) => {
  const fal = await startFal({ extraModels: [fixtureModel()] });
  const { ui, page } = await launch({ fal, env: { FAL_KEY: 'demo:demo' } });
  await ui.pickModel('picky', 'test/picky');
  await ui.writeJson({ prompt: 'refuse me', shapes: [{ name: 'a' }, { name: 'b' }] });
  await page.keyboard.press('ControlOrMeta+End');
  await ui.run();
  await expect(remark(ui, 'shapes[1].name')).toContainText('Not a shape');
  await page.keyboard.type(' ');
  expect(await jsonIn(ui)).toEqual({ prompt: 'refuse me', shapes: [{ name: 'a' }, { name: 'b' }] });
});

test('a long text that is still being typed is sent as it is seen, by key and by button', async ({
  launch,
  startFal,
}) => {
  const { ui, page, seen } = await withModel({ launch, startFal });
  const prompt = 'a wren '.repeat(20_000);
  await ui.requestView('JSON');
  await ui.json.fill(`{"steps": 3, "prompt": ${JSON.stringify(prompt)}}`);
  await page.keyboard.press('ControlOrMeta+Home');
  for (let i = 0; i < 11; i += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.type('1');
  await ui.run();
  await expect.poll(() => seen.length).toBe(1);
  await page.keyboard.press('Backspace');
  await page.keyboard.type('2');
  await ui.runButton.click();
  await expect.poll(() => seen.length).toBe(2);
  // By length: a difference in a text this long would be printed whole.
  const given = seen.map((input) => [Reflect.get(Object(input), 'steps'), JSON.stringify(input).length]);
  const sent = JSON.stringify({ steps: 31, prompt }).length;
  expect(given).toEqual([
    [31, sent],
    [32, sent],
  ]);
});

test(
  'a long text is there again when the window is closed, or loaded again, right after a key',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const { model } = viewsModel();
    const fal = await startFal({ extraModels: [model] });
    const options = { fal, env: { FAL_KEY: 'demo:demo' } };
    const first = await launch(options);
    await first.ui.pickModel('views', VIEWS_ID);
    const long = 'a wren '.repeat(20_000);
    await first.ui.prompt.fill(long);
    await expect(first.ui.request.getByText('140,000')).toBeVisible();
    await first.ui.requestView('JSON');
    await first.ui.json.fill(`{"prompt": ${JSON.stringify(long)}, "steps": 7}`);
    // What the window asks now is answered behind what the key made it tell.
    await first.page.evaluate(() => window.playground.commands['drafts.last']({ place: 'playground' }));
    await first.close();

    const second = await launch(options);
    await expect(steps(second.ui)).toHaveValue('7');
    await second.ui.requestView('JSON');
    await second.ui.json.fill(`{"prompt": ${JSON.stringify(long + long)}, "steps": 8}`);
    await second.page.reload();
    await expect(steps(second.ui)).toHaveValue('8');
  },
);

test('what cannot be read has no code, and opens where it is wrong when it is run', async ({
  launch,
  startFal,
}) => {
  const { ui, page, seen } = await withModel({ launch, startFal });
  await ui.requestView('JSON');
  await ui.json.fill('{"prompt": "a wren",}');
  await ui.requestView('Code');
  await expect(ui.request.getByText('What is typed cannot be read yet')).toBeVisible();
  await expect(ui.request.getByRole('button', { name: 'Copy the code' })).toBeDisabled();
  await ui.requestView('Form');
  // A form of the request before would take changes that the text then loses.
  await expect(ui.prompt).toHaveCount(0);
  await ui.request.getByRole('button', { name: 'Presets', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Save as a preset…' }).click();
  await expect(page.getByText('so there is nothing to save')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill('Half');
  await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled();
  await page.keyboard.press('Escape');
  await ui.request.getByRole('button', { name: 'Discard the text' }).focus();
  await ui.run();
  await expect(ui.json).toBeFocused();
  await expect.poll(() => page.evaluate(() => getSelection()?.toString())).toBe(',');
  await expect(remark(ui, 'Not used yet: nothing follows this comma')).toBeVisible();
  await page.keyboard.press('Delete');
  await ui.run();
  await ui.done();
  expect(seen).toEqual([{ prompt: 'a wren' }]);
});

test(
  'with defaults is how it is shown, copied and sent, also after a restart; the draft stays lean',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const { model, seen } = viewsModel();
    const fal = await startFal({ extraModels: [model] });
    const options = { fal, env: { FAL_KEY: 'demo:demo' } };
    const first = await launch(options);
    await first.ui.pickModel('views', VIEWS_ID);
    await first.ui.prompt.fill('a wren');
    await first.ui.requestView('JSON');
    await defaults(first.ui).click();
    await expect(first.ui.json).toContainText('"steps": 28');
    await first.ui.json.fill('{"prompt": "two wrens", "steps": 28}');
    await first.ui.requestView('Code');
    await first.ui.request.getByRole('button', { name: 'JavaScript' }).click();
    await first.close();

    const { ui } = await launch(options);
    await ui.requestView('Code');
    await expect(code(ui)).toContainText('prompt: "two wrens"');
    await expect(code(ui)).toContainText('steps: 28');
    await ui.run();
    await ui.done();
    expect(seen).toEqual([{ prompt: 'two wrens', steps: 28 }]);
    await defaults(ui).click();
    await expect(code(ui)).not.toContainText('steps');
  },
);

test(
  'a change from elsewhere can be taken back in the text, and so can what was typed before it',
  { tag: LONG },
  async ({ launch, startFal }) => {
    const { ui, page } = await withModel({ launch, startFal });
    await ui.requestView('JSON');
    await ui.json.fill('{"prompt": "typed here"}');
    await ui.requestView('Form');
    await ui.prompt.fill('typed in the form');
    await ui.requestView('JSON');
    await expect(ui.json).toContainText('typed in the form');
    await ui.request.getByRole('button', { name: 'Reset', exact: true }).click();
    await expect(ui.json).toHaveText('{}');
    await ui.json.focus();
    await page.keyboard.press('ControlOrMeta+z');
    await expect(ui.json).toContainText('typed in the form');
    await page.keyboard.press('ControlOrMeta+z');
    await expect(ui.json).toContainText('typed here');
    await ui.requestView('Form');
    await expect(ui.prompt).toHaveValue('typed here');
  },
);

test('the editor is entered, searched and left by keyboard', async ({ launch, startFal }) => {
  const { ui, page } = await withModel({ launch, startFal });
  await ui.writeJson({ prompt: 'one wren, two wrens' });
  await page.keyboard.press('ControlOrMeta+f');
  await page.keyboard.type('wrens');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Escape');
  await expect(ui.json).toBeFocused();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe('wrens');
  await page.keyboard.press('Tab');
  await expect(ui.runButton).toBeFocused();
});

test('JSON and Code are clean for axe', async ({ launch, startFal }) => {
  const { ui, page } = await withModel({ launch, startFal });
  await ui.requestView('JSON');
  await ui.json.fill('{\n  "prompt": "a wren",\n  "steps": 99,\n  "style": { "oil": [true, null] }\n}');
  await expect(remark(ui, 'steps')).toBeVisible();
  await expectClean(page, 'JSON with remarks');
  await page.keyboard.press('ControlOrMeta+f');
  await expect(ui.request.getByRole('textbox', { name: 'Find' })).toBeFocused();
  await expectClean(page, 'the find panel');
  await ui.requestView('Code');
  for (const language of ['curl', 'JavaScript', 'Python', 'npm']) {
    await ui.request.getByRole('button', { name: language, exact: true }).click();
    await expect(code(ui)).toContainText('99');
    await expectClean(page, `Code, ${language}`);
  }
});
