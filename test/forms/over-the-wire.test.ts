import { afterAll, beforeAll, expect, test } from 'vitest';
import { connectionTo, idOf, value } from '../../electron/fal/fal.fixture.ts';
import { readDocument } from '../../electron/fal/document.ts';
import { run } from '../../electron/fal/run.ts';
import { readForm } from '../../shared/schema/fields.ts';
import { buildRequest } from '../../shared/schema/request.ts';
import { corpusFolder, hasCorpus } from '../corpus.ts';
import { loadSchemaModels, startTestFal } from '../local-fal/index.ts';
import type { TestFal } from '../local-fal/index.ts';
import { fullValue, objectOf, withoutHoles } from './values.ts';

/** Each so-many-th document goes all the way; `proofs.test.ts` shows every one to the validator alone. */
const EVERY = 120;

let server: TestFal;
beforeAll(async () => {
  server = await startTestFal({ pace: 0, ...(hasCorpus ? { schemas: corpusFolder } : {}) });
}, 60_000);
afterAll(() => server.close());

test.skipIf(!hasCorpus)(
  'what a form sends, least and full, is taken over the wire (../shared/schemas)',
  { timeout: 120_000 },
  async () => {
    const connection = connectionTo(server.hosts);
    const models = (await loadSchemaModels(corpusFolder)).filter((_, i) => i % EVERY === 0);
    const faults: string[] = [];
    let sent = 0;
    for (const { endpointId } of models) {
      const document = value(await readDocument(connection, idOf(endpointId), AbortSignal.timeout(20_000)));
      const read = readForm(document);
      // Without an input schema it is a JSON form.
      if (read.kind !== 'form') continue;
      const { form } = read;
      for (const draft of [withoutHoles(form.fields, {}), objectOf(form.fields, fullValue)]) {
        const answer = await run(
          connection,
          idOf(endpointId),
          buildRequest(form, draft),
          {},
          AbortSignal.timeout(20_000),
        );
        sent += 1;
        // Patterns and formats are the server's alone to judge.
        const fields = answer.ok ? [] : answer.error.fields;
        const judged = fields.filter(({ type }) => !/pattern|url/.test(type));
        if (!answer.ok && (fields.length === 0 || judged.length > 0))
          faults.push(`${endpointId}: ${answer.error.title} ${answer.error.detail}`);
      }
    }
    expect(faults).toEqual([]);
    expect(sent).toBeGreaterThan(10);
  },
);
