import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalModel } from '../../electron/local-fal/index.ts';
import { parseJson } from '../../shared/json.ts';
import { expect, root, test } from './app.ts';
import { fixtureModel } from './fixture-model.ts';
import { recorded } from './nested-model.ts';

/**
 * Documents with something wrong in them, and none at all: the window says what is wrong, and the model runs. A prompt too
 * long, a file too large and a file of another kind are in fields.spec.ts, file-fields.spec.ts and files.spec.ts.
 */

const env = { FAL_KEY: 'demo:demo' };

/** A model that is described by one of the documents under test/fixtures/schemas. */
function described(name: string): LocalModel {
  const text = readFileSync(join(root, 'test', 'fixtures', 'schemas', `${name}.json`), 'utf8');
  const read = parseJson(text);
  if (!read.ok) throw new Error(`${name} is no JSON`);
  const endpointId = `acme/${name}`;
  const model = fixtureModel({ endpointId, document: read.value });
  return { ...model, metadata: { ...model.metadata, display_name: name } };
}

test('a document that refers to itself without end is a form as far as it goes, and JSON from there on', async ({
  launch,
  startFal,
}) => {
  const { model, inputs } = recorded(described('reference-loops'));
  const fal = await startFal({ extraModels: [model], pace: 0 });
  const { ui } = await launch({ fal, env });
  const { request } = ui;
  await ui.pickModel('reference loops', model.endpointId);
  await ui.prompt.fill('an oak');
  await request.getByRole('switch', { name: 'Use Tree' }).click();
  const tree = request.locator('[data-field="tree"]');
  await tree.getByRole('textbox', { name: 'Name' }).fill('trunk');
  const left = request.locator('[data-field="tree/left"]');
  await expect(left.getByText('It contains itself')).toBeVisible();
  await left.getByRole('textbox').fill('{"name": "bough", "left": {"name": "twig"}}');
  await ui.run();
  await ui.done();
  expect(inputs).toEqual([
    { prompt: 'an oak', tree: { name: 'trunk', left: { name: 'bough', left: { name: 'twig' } } } },
  ]);
});

for (const [what, name, words] of [
  ['a web page in place of a document', 'html-page', 'The model’s schema cannot be read'],
  [
    'an input that is described nowhere',
    'dangling-input',
    'The model’s document does not describe its input.',
  ],
] as const)
  test(`${what} is said, and the request is written as JSON`, async ({ launch, startFal }) => {
    const { model, inputs } = recorded(described(name));
    const fal = await startFal({ extraModels: [model], pace: 0 });
    const { ui } = await launch({ fal, env });
    await ui.pickModel(name, model.endpointId);
    await expect(ui.request.getByText(words)).toBeVisible();
    await ui.json.fill('{"prompt": "by hand"}');
    await ui.run();
    await ui.done();
    expect(inputs).toEqual([{ prompt: 'by hand' }]);
  });

test('a sign-in page answers for fal: it is said, what is written runs, and the form is there when fal is', async ({
  launch,
  startFal,
}) => {
  const { model, inputs } = recorded(described('plain-image-model'));
  const fal = await startFal({ extraModels: [model], pace: 0 });
  const { ui } = await launch({ fal, env });
  // The list of models is there before the network is another.
  await ui.pickModel('hillside', 'demo/hillside');
  fal.setFaults(['schema-page:20']);
  await ui.pickModel('plain image', model.endpointId);
  await expect(ui.request.getByRole('alert')).toContainText('A page came in place of the model’s schema');
  await ui.json.fill('{"prompt": "by hand"}');
  await ui.run();
  await ui.done();
  expect(inputs).toEqual([{ prompt: 'by hand' }]);
  fal.setFaults([]);
  await ui.request.getByRole('button', { name: 'Try again' }).click();
  await ui.requestView('Form');
  await expect(ui.prompt).toHaveValue('by hand');
});
