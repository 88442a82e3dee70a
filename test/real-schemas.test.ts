import { describe, expect, it } from 'vitest';
import { isJsonObject, sameJson } from '../shared/json.ts';
import type { JsonValue } from '../shared/json.ts';
import { liveRequest } from '../shared/realtime/request.ts';
import { isSignalling, speaksRealtime } from '../shared/realtime/support.ts';
import { readLiveTraits } from '../shared/realtime/traits.ts';
import { checkInput } from '../shared/schema/check.ts';
import { readModelDocument } from '../shared/schema/document.ts';
import type { ModelForm } from '../shared/schema/field.ts';
import { readForm } from '../shared/schema/fields.ts';
import { setAt } from '../shared/schema/draft.ts';
import { buildRequest } from '../shared/schema/request.ts';
import { corpus, hasCorpus, readCorpus } from './corpus.ts';

/** What is wrong with the form of one document, in words; nothing is what we want. */
function faults(document: JsonValue, form: ModelForm): readonly string[] {
  const said: string[] = [];
  const read = readModelDocument(document);
  const properties = read.kind === 'ok' ? read.inputSchema['properties'] : undefined;
  const names = isJsonObject(properties)
    ? Object.keys(properties).filter((name) => !isHidden(properties[name]))
    : [];
  const fields = form.fields.map((field) => field.name);
  if (fields.toSorted().join() !== names.toSorted().join())
    said.push(`fields ${fields.join()}, properties ${names.join()}`);

  const request = buildRequest(form, {});
  const filled = form.fields.filter(
    (field) => field.required && (field.default !== undefined || field.kind === 'object'),
  );
  if (Object.keys(request).join() !== filled.map((field) => field.name).join())
    said.push(`sends ${Object.keys(request).join()}`);

  for (const field of form.fields) {
    if (field.label === '' || field.label.length > 60) said.push(`label of ${field.name}: ${field.label}`);
    if (field.default === undefined) continue;
    const problems = checkInput(form, { [field.name]: field.default }).filter(
      ({ path }) => path[0] === field.name,
    );
    said.push(...problems.map(({ message }) => `default of ${field.name}: ${message}`));
    if (!field.required && !sameJson(setAt(form, {}, [field.name], field.default), {}))
      said.push(`keeps ${field.name}`);
  }
  for (const field of form.fields) {
    for (const example of field.examples) {
      const problems = checkInput(form, { [field.name]: example }).filter(
        ({ path }) => path[0] === field.name,
      );
      said.push(...problems.map(({ message }) => `example of ${field.name}: ${message}`));
    }
  }
  return said;
}

function isHidden(property: JsonValue | undefined): boolean {
  const ui = isJsonObject(property) ? property['ui'] : undefined;
  return isJsonObject(ui) && ui['hidden'] === true;
}

describe.skipIf(!hasCorpus)('real schemas (../shared/schemas)', () => {
  it('reads every document, with one field a property and nothing sent that the person did not set', () => {
    const wrong: string[] = [];
    const unreadable: string[] = [];
    let count = 0;
    for (const [name, document] of corpus()) {
      count++;
      const result = readForm(document);
      if (result.kind === 'unreadable') unreadable.push(`${name}: ${result.reason}`);
      else wrong.push(...faults(document, result.form).map((fault) => `${name}: ${fault}`));
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(0);
    // About four OpenAI-compatible endpoints in a thousand have no input schema at all.
    expect(unreadable.filter((reason) => !reason.endsWith('does not describe its input.'))).toEqual([]);
    expect(unreadable.length / count).toBeLessThan(0.01);
  });

  it('opens the models that answer live with controls to turn while they do', () => {
    const kinds = (form: ModelForm): Record<string, string> =>
      Object.fromEntries(
        form.fields.map((field) => [
          field.name,
          field.kind === 'number' && field.slider ? 'slider' : field.kind,
        ]),
      );
    for (const name of ['fal-ai__fast-lcm-diffusion.json', 'fal-ai__fast-sdxl.json']) {
      const document = readCorpus(name);
      const result = readForm(document);
      if (result.kind === 'unreadable') throw new Error(result.reason);
      const { form } = result;
      expect(speaksRealtime(form.endpointId)).toBe(true);
      expect(readLiveTraits(document)).toEqual({
        codec: 'msgpack',
        bytes: [],
        echo: 'request_id',
        signalling: false,
        mode: null,
      });
      expect(kinds(form)).toMatchObject({
        prompt: 'text',
        num_inference_steps: 'slider',
        guidance_scale: 'slider',
        num_images: 'slider',
        seed: 'seed',
        image_size: 'size',
        format: 'choice',
        sync_mode: 'switch',
      });
      expect(liveRequest(form, { prompt: 'a wren' }, 7)).toMatchObject({
        prompt: 'a wren',
        seed: 7,
        sync_mode: true,
      });
    }
  });

  it('knows a socket that only arranges a call from one that answers with pictures', () => {
    const signalling = [...corpus()].filter(([, document]) => isSignalling(document)).map(([name]) => name);
    expect(signalling.length).toBeGreaterThan(0);
    expect(signalling.filter((name) => !/lucy|realtime|rt|live|avatar/i.test(name))).toEqual([]);
  });
});
