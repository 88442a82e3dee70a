import { describe, expect, test } from 'vitest';
import { readCatalogue } from './catalogue.ts';
import { connectionTo, deadAddress, hostsAt, json, model, never, serve, startFal } from './fal.fixture.ts';

describe('the catalogue (fal-protocol §12.1)', () => {
  test('all pages, in order', async () => {
    const models = Array.from({ length: 230 }, (_, i) => model(`acme/bird-${i}`));
    const fal = await startFal({ extraModels: models });
    const read = await readCatalogue(connectionTo(fal.hosts), never());
    expect(read.ok && read.value.map((entry) => entry.endpoint_id)).toEqual([
      'demo/hillside',
      'demo/hillside/realtime',
      'demo/field-notes',
      ...models.map((entry) => entry.endpointId),
    ]);
    expect(fal.requests().map((request) => request.query)).toEqual([
      'limit=100',
      expect.stringMatching(/^limit=100&cursor=./),
      expect.stringMatching(/^limit=100&cursor=./),
    ]);
  });

  test('an entry that cannot be read is left out, one that says little gets what is usual', async () => {
    const server = await serve((response) =>
      json(response, 200, {
        models: [
          null,
          { metadata: {} },
          { endpoint_id: 'a/b' },
          { endpoint_id: 'a/c', metadata: { tags: 'x' } },
        ],
        next_cursor: null,
      }),
    );
    expect(await readCatalogue(connectionTo(server.hosts), never())).toEqual({
      ok: true,
      value: ['a/b', 'a/c'].map((endpoint_id) => ({
        endpoint_id,
        metadata: { display_name: '', category: '', description: '', status: 'active', tags: [], date: '' },
      })),
    });
  });

  test('has_more without a cursor, or a cursor without has_more, is the end', async () => {
    for (const end of [{ has_more: true }, { has_more: false, next_cursor: 'Mg==' }]) {
      const server = await serve((response) => json(response, 200, { models: [], ...end }));
      expect(await readCatalogue(connectionTo(server.hosts), never())).toMatchObject({ ok: true });
      expect(server.seen).toHaveLength(1);
    }
  });

  test('a page that cannot be read is a failure, and so is one that does not come', async () => {
    const server = await serve((response) => json(response, 200, { items: [] }));
    expect(await readCatalogue(connectionTo(server.hosts), never())).toMatchObject({
      ok: false,
      error: { kind: 'protocol' },
    });
    const away = connectionTo(hostsAt(await deadAddress()));
    expect(await readCatalogue(away, never())).toMatchObject({ ok: false, error: { kind: 'network' } });
  });
});
