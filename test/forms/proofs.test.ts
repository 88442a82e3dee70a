import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { isJsonObject, parseJson, sameJson, stringifyJson } from '../../shared/json.ts';
import type { JsonObject, JsonValue } from '../../shared/json.ts';
import { carryOver } from '../../shared/schema/carry.ts';
import { checkInput } from '../../shared/schema/check.ts';
import { setAt, valueAt } from '../../shared/schema/draft.ts';
import { exampleInputs } from '../../shared/schema/examples.ts';
import type { Field, ModelForm } from '../../shared/schema/field.ts';
import { readForm } from '../../shared/schema/fields.ts';
import { isJsonArray } from '../../shared/schema/node.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import type { Path } from '../../shared/schema/path.ts';
import { buildRequest } from '../../shared/schema/request.ts';
import { everyField } from '../../shared/schema/walk.ts';
import { corpus, hasCorpus } from '../corpus.ts';
import { readDocument } from '../local-fal/schema-documents.ts';
import { lazyValidator } from '../local-fal/validate.ts';
import { anyObject, fullValue, objectOf, withoutHoles } from './values.ts';
import { replaced, violationsOf } from './violations.ts';

interface Subject {
  readonly name: string;
  readonly form: ModelForm;
  /** What the server of the tests says against a request, in one line; empty when it takes it. */
  readonly refusal: (request: JsonObject) => string;
}

/** A schema that is nothing but itself: no validator can be made of it, and so no server would have it. */
const ENDLESS = new Set(['cycle.json', 'union-of-itself.json']);

/** Where a document of ours contradicts itself on purpose, the form is the looser of the two, and the server decides. */
const LEFT_TO_SERVER = new Set([
  // A default of null where null is not allowed.
  'defaults-that-do-not-fit.json body/name',
  'null-everywhere.json body/c',
  // Null among the choices of a text.
  'nullable-enum.json body/quality',
  'nullable-enum.json body/style',
  // A minimum above its maximum.
  'exclusive-limits.json body/crossed',
  // Sides of different limits.
  'size-with-limits.json body/image_size/height',
  // The validator takes what every object inherits for a value.
  'names-of-objects.json body/toString',
  'names-of-objects.json body/hasOwnProperty',
]);

function subjectsOf(documents: Iterable<readonly [string, JsonValue]>): readonly Subject[] {
  // Copies of one document come in several files; each schema is proved once.
  const subjects = new Map<string, Subject>();
  for (const [name, document] of documents) {
    const known = readDocument(plain(document));
    const result = readForm(document);
    if (known === null || result.kind === 'unreadable' || ENDLESS.has(name)) continue;
    const schema = stringifyJson(
      isJsonObject(document) ? [document['paths'] ?? {}, document['components'] ?? {}] : [],
    );
    if (subjects.has(schema)) continue;
    const validate = lazyValidator(known.input, known.components);
    subjects.set(schema, {
      name,
      form: result.form,
      refusal: (request) =>
        (validate(plain(request)) ?? [])
          // Patterns and formats are the server's alone to judge.
          .filter(({ type }) => type !== 'string_pattern_mismatch' && type !== 'url_parsing')
          .map(({ loc, msg }) => ({ place: loc.join('/'), msg }))
          .filter(({ place }) => !LEFT_TO_SERVER.has(`${name} ${place}`))
          .map(({ place, msg }) => `${place}: ${msg}`)
          .join('; '),
    });
  }
  return [...subjects.values()];
}

/** As it arrives: numbers are doubles there. */
function plain(value: JsonValue): unknown {
  return JSON.parse(stringifyJson(value));
}

function* ownDocuments(): Generator<readonly [string, JsonValue]> {
  const folder = new URL('../fixtures/schemas/', import.meta.url);
  for (const file of readdirSync(folder).sort()) {
    const parsed = parseJson(readFileSync(new URL(file, folder), 'utf8'));
    if (parsed.ok) yield [file, parsed.value];
  }
}

/** What the form itself has against a draft, in one line. */
function problems(form: ModelForm, input: JsonObject): string {
  return checkInput(form, input)
    .map(({ path, message }) => `${pointerOf(path)} ${message}`)
    .join('; ');
}

/** The untouched form's request, its holes filled: lean, and with every default. */
function untouchedFaults({ form, refusal }: Subject): readonly string[] {
  const draft = withoutHoles(form.fields, {});
  return [
    problems(form, draft),
    refusal(buildRequest(form, draft)),
    refusal(buildRequest(form, draft, 'all')),
  ];
}

function randomFaults({ form, refusal }: Subject, runs: number): readonly string[] {
  const drafts = fc.sample(anyObject(form.fields), { numRuns: runs, seed: 20_260_611 });
  return drafts.flatMap((draft) => {
    const said = [problems(form, draft), refusal(buildRequest(form, draft))].filter((text) => text !== '');
    return said.length === 0 ? [] : [`${said.join(' | ')} with ${stringifyJson(draft).slice(0, 300)}`];
  });
}

/** Drafts that others make: from the model's examples, and from what the model before it in line was given. */
function borrowedFaults({ form, refusal }: Subject, before: Subject | undefined): readonly string[] {
  const carried = before && carryOver(before.form, objectOf(before.form.fields, fullValue), form);
  return [...exampleInputs(form).slice(0, 3), ...(carried === undefined ? [] : [carried])].flatMap(
    (draft) => {
      const whole = withoutHoles(form.fields, draft);
      return [problems(form, whole), refusal(buildRequest(form, whole))];
    },
  );
}

/** Each thing wrong alone in a draft where all the rest is right: it has to be said, there and nowhere else. */
function violationFaults({ form }: Subject): readonly string[] {
  const full = objectOf(form.fields, fullValue);
  const right = problems(form, full);
  if (right !== '') return [`full: ${right}`];
  return form.fields
    .flatMap((field) => violationsOf(field, [field.name]))
    .flatMap(({ what, path, value, saidAt = path }) => {
      const draft = replaced(full, path, value);
      const said = isJsonObject(draft) ? checkInput(form, draft).map(({ path }) => pointerOf(path)) : [];
      const places = [...new Set(said)];
      return places.join() === pointerOf(saidAt)
        ? []
        : [`${pointerOf(path)} ${what}: said at [${places.join()}]`];
    });
}

const HOLDERS: ReadonlySet<Field['kind']> = new Set(['object', 'list', 'map', 'tuple']);

/** Each value of a full draft, deep ones too, set again where it stands: it shows, and so does all the rest. */
function settingFaults({ form }: Subject): readonly string[] {
  const full = objectOf(form.fields, fullValue);
  const places = everyField(form).map(({ pointer, field }) => ({ path: pathIn(full, pointer), field }));
  // A group shows its defaults whether they stand in it or not.
  const leaves = places.filter(({ field }) => !HOLDERS.has(field.kind)).map(({ path }) => path);
  return leaves.flatMap((path) => {
    const value = valueAt(form, full, path);
    const draft = setAt(form, full, path, value);
    const lost = leaves.filter((other) => !sameJson(valueAt(form, draft, other), valueAt(form, full, other)));
    return lost.length === 0 ? [] : [`setting ${pointerOf(path)} loses ${lost.map(pointerOf).join()}`];
  });
}

/** The first place a pointer with `*` in it stands for. */
function pathIn(full: JsonObject, pointer: string): Path {
  let at: JsonValue | undefined = full;
  return pointer
    .split('/')
    .slice(1)
    .map((text): string | number => {
      const step: string | number = isJsonArray(at)
        ? Number(text === '*' ? 0 : text)
        : text === '*'
          ? 'any'
          : unescaped(text);
      at =
        typeof step === 'number'
          ? isJsonArray(at)
            ? at[step]
            : undefined
          : isJsonObject(at)
            ? at[step]
            : undefined;
      return step;
    });
}

function unescaped(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~');
}

describe.each([
  ['our own documents', true, ownDocuments, 35, 20],
  ['real documents (../shared/schemas)', hasCorpus, corpus, 700, 3],
] as const)('%s', (_, there, documents, atLeast, runs) => {
  const subjects = there ? subjectsOf(documents()) : [];

  it.skipIf(!there).each([
    ['takes what the untouched form sends, its holes filled', untouchedFaults],
    ['takes any legal values', (subject: Subject) => randomFaults(subject, runs)],
    ['takes what its examples and another model make', borrowedFaults],
    ['shows what is set at any depth, and keeps the rest', settingFaults],
    ['refuses every single thing that is wrong, on its field', violationFaults],
  ] as const)('%s', { timeout: 120_000 }, (_, faults) => {
    const wrong = subjects.flatMap((subject, i) =>
      faults(subject, subjects[i - 1]).flatMap((fault) =>
        fault === '' ? [] : [`${subject.name}: ${fault}`],
      ),
    );
    expect(wrong).toEqual([]);
    expect(subjects.length).toBeGreaterThanOrEqual(atLeast);
  });
});
