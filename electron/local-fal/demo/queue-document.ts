import type { Hosts, JsonObject } from '../types.ts';

const QUEUE_STATUS = {
  type: 'object',
  required: ['status', 'request_id'],
  properties: {
    status: { type: 'string', enum: ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'] },
    request_id: { type: 'string', description: 'The request id.' },
    response_url: { type: 'string', description: 'The response url.' },
    status_url: { type: 'string', description: 'The status url.' },
    cancel_url: { type: 'string', description: 'The cancel url.' },
    logs: { type: 'object', description: 'The logs.', additionalProperties: true },
    metrics: { type: 'object', description: 'The metrics.', additionalProperties: true },
    queue_position: { type: 'integer', description: 'The queue position.' },
  },
} as const;

const REQUEST_ID = { name: 'request_id', in: 'path', required: true, schema: { type: 'string' } } as const;

function answers(description: string, schema: JsonObject) {
  return { '200': { description, content: { 'application/json': { schema } } } };
}

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });

/** The frame fal publishes an endpoint's schemas in (fal-protocol §12.4). */
export function queueDocument(
  hosts: Hosts,
  model: {
    readonly endpointId: string;
    /** `text-to-image` unless said. */
    readonly category?: string;
    readonly thumbnail?: string;
    readonly about: string;
    readonly schemas: JsonObject;
    /** Names of schemas. */
    readonly input: string;
    readonly output: string;
    /** Set where the submit path is a WebSocket too. */
    readonly protocol?: JsonObject;
  },
): JsonObject {
  const { endpointId, protocol } = model;
  const page = `${hosts.site}/models/${endpointId}`;
  const request = `/${endpointId}/requests/{request_id}`;
  return {
    openapi: '3.0.4',
    info: {
      title: `Queue OpenAPI for ${endpointId}`,
      version: '1.0.0',
      description: `The OpenAPI schema for the ${endpointId} queue.`,
      'x-fal-metadata': {
        endpointId,
        category: model.category ?? 'text-to-image',
        thumbnailUrl: model.thumbnail === undefined ? '' : `${hosts.cdn}/files/${model.thumbnail}`,
        playgroundUrl: page,
        documentationUrl: `${page}/api`,
        about: model.about,
      },
    },
    components: {
      securitySchemes: {
        apiKeyAuth: { type: 'apiKey', in: 'header', name: 'Authorization', description: 'Fal Key' },
      },
      schemas: { ...model.schemas, QueueStatus: QUEUE_STATUS },
    },
    paths: {
      [`${request}/status`]: {
        get: {
          parameters: [
            REQUEST_ID,
            { name: 'logs', in: 'query', required: false, schema: { type: 'number' } },
          ],
          responses: answers('The request status.', reference('QueueStatus')),
        },
      },
      [`${request}/cancel`]: {
        put: {
          parameters: [REQUEST_ID],
          responses: answers('The request was cancelled.', {
            type: 'object',
            properties: { success: { type: 'boolean', description: 'Whether the request was cancelled.' } },
          }),
        },
      },
      [`/${endpointId}`]: {
        ...(protocol ? { 'x-fal-protocol': protocol } : {}),
        post: {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: reference(model.input) } },
          },
          responses: answers('The request status.', reference('QueueStatus')),
        },
      },
      [request]: {
        get: {
          parameters: [REQUEST_ID],
          responses: answers('Result of the request.', reference(model.output)),
        },
      },
    },
    servers: [{ url: 'https://queue.fal.run' }],
    security: [{ apiKeyAuth: [] }],
  };
}
