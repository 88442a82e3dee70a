import type { LocalModel } from '../../electron/local-fal/index.ts';

interface FixtureOptions {
  readonly endpointId?: string;
  readonly document?: unknown;
}

/** A model that answers at once and refuses, as a runner would, what its own schema allows. */
export function fixtureModel({ endpointId = 'test/picky', document }: FixtureOptions = {}): LocalModel {
  return {
    endpointId,
    metadata: {
      display_name: endpointId === 'test/picky' ? 'Picky' : 'Riddle',
      category: 'text-to-image',
      description: '',
      tags: [],
      updated_at: '2026-01-01T00:00:00Z',
      date: '2026-01-01T00:00:00Z',
    },
    price: null,
    streams: false,
    openapi: () => document ?? documentOf(endpointId),
    validate: (input) =>
      JSON.stringify(input).includes('refuse')
        ? [
            {
              loc: ['body', 'prompt'],
              msg: 'Prompts about refusals are refused',
              type: 'content_policy_violation',
            },
            { loc: ['body', 'shapes', 1, 'name'], msg: 'Not a shape', type: 'value_error' },
          ]
        : null,
    async *run(input, context) {
      await context.pause(1);
      yield { kind: 'output', data: { text: 'done', echo: input } };
    },
  };
}

function documentOf(endpointId: string): unknown {
  const schema = (name: string): unknown => ({
    'application/json': { schema: { $ref: `#/components/schemas/${name}` } },
  });
  return {
    openapi: '3.0.4',
    info: { title: `Queue OpenAPI for ${endpointId}`, version: '1.0.0' },
    components: {
      schemas: {
        PickyInput: {
          type: 'object',
          required: ['prompt'],
          'x-fal-order-properties': ['prompt', 'shapes'],
          properties: {
            prompt: { type: 'string', title: 'Prompt' },
            shapes: {
              type: 'array',
              title: 'Shapes',
              items: { type: 'object', properties: { name: { type: 'string' } } },
            },
          },
        },
        PickyOutput: { type: 'object', properties: { text: { type: 'string' } } },
      },
    },
    paths: {
      [`/${endpointId}`]: { post: { requestBody: { content: schema('PickyInput') } } },
      [`/${endpointId}/requests/{request_id}`]: {
        get: { responses: { '200': { content: schema('PickyOutput') } } },
      },
    },
  };
}
