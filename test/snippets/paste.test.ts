import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { idOf } from '../../electron/fal/fal.fixture.ts';
import type { JsonObject } from '../../shared/json.ts';
import { readPaste } from '../../shared/fal/paste/paste.ts';
import { codeLanguages, snippet } from '../../shared/snippets/snippet.ts';
import { nastyInput, NASTY } from './nasty.ts';

/** What is taken away as code and pasted again is the same request. */

const ID = 'acme/bird/v1.5';
const everything = Object.fromEntries(NASTY.map((text, index) => [`${index}${text}`, text]));

describe.each(codeLanguages)('%s', (language) => {
  test.each(['queue', 'run'] as const)('%s: every nasty text, and any request', (method) => {
    const again = (input: JsonObject): unknown =>
      readPaste(snippet(language, { endpoint: idOf(ID), input, method, files: new Map() }) ?? '');
    const request = { kind: 'model', endpointId: ID, unread: [] };
    expect(again(everything)).toEqual({ ...request, values: everything });
    fc.assert(
      fc.property(nastyInput, (input) => {
        // Without any value it is the model alone.
        fc.pre(Object.keys(input).length > 0);
        expect(again(input)).toEqual({ ...request, values: input });
      }),
    );
  });
});
