import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer, Exchange, Hosts } from './types.ts';
import { detail, readJson, sendAnswer } from './http.ts';
import { readAuthorization, unauthorized } from './auth.ts';
import { listModels, openapiOf } from './catalogue.ts';
import { estimate, listPrices } from './pricing.ts';
import type { QueueServices } from './queue-routes.ts';
import { handleQueue } from './queue-routes.ts';
import { listRequests } from './requests.ts';
import type { RunServices } from './run-routes.ts';
import { handleRun } from './run-routes.ts';
import { handleCdn } from './cdn.ts';
import type { TokenServices } from './realtime/token-routes.ts';
import { handleTokens, isTokenPath } from './realtime/token-routes.ts';
import type { Multipart } from './multipart.ts';
import { readTarget } from './target.ts';
import { handleInitiate, handleUpload } from './uploads.ts';

export type Services = QueueServices &
  RunServices &
  TokenServices & {
    readonly hosts: Hosts;
    readonly key: () => string;
    readonly multipart: Multipart;
  };

/** Null for a path that does not decode. */
export function toExchange(
  request: IncomingMessage,
  response: ServerResponse,
  services: Services,
): Exchange | null {
  const target = readTarget(request.url);
  if (!target) return null;
  return {
    request,
    response,
    method: request.method ?? 'GET',
    ...target,
    authorization: readAuthorization(request.headers.authorization, services.key()),
    hosts: services.hosts,
    endpoint: null,
  };
}

export async function route(exchange: Exchange, services: Services): Promise<void> {
  if (await services.hooks.onRequest?.(exchange)) return;
  const { host, response, authorization } = exchange;
  switch (host) {
    case 'queue':
    case 'run':
    case 'rest':
      if (host === 'rest' && exchange.method === 'GET' && exchange.path === '.well-known/jwks.json')
        return sendAnswer(response, services.webhooks.jwks());
      if (authorization !== 'valid') {
        exchange.request.resume();
        return sendAnswer(response, unauthorized(authorization));
      }
      if (host === 'queue') return handleQueue(exchange, services);
      if (host === 'run') return handleRun(exchange, services);
      if (isTokenPath(exchange.path)) return handleTokens(exchange, services);
      if (exchange.path === 'storage/upload/initiate') return handleInitiate(exchange, services.files);
      if (exchange.path === 'storage/upload/initiate-multipart') return services.multipart.initiate(exchange);
      return sendAnswer(response, detail(404, 'Not Found'));
    case 'cdn':
      if (exchange.method === 'PUT' && exchange.path.startsWith('upload/'))
        return handleUpload(exchange, services.files);
      if (exchange.path.startsWith('multipart/')) return services.multipart.handle(exchange);
      return handleCdn(exchange, services.files, services.hooks);
    case 'api':
    case 'site':
      return sendAnswer(response, await catalogue(exchange, services));
    case 'ws':
      return sendAnswer(response, detail(426, 'Upgrade Required', { upgrade: 'websocket' }));
    case null:
      return exchange.path === '' && exchange.method === 'GET'
        ? sendAnswer(response, { status: 200, body: services.hosts })
        : sendAnswer(response, detail(404, 'Not Found'));
  }
}

async function catalogue(exchange: Exchange, services: Services): Promise<Answer> {
  const { method, host, path, authorization } = exchange;
  switch (`${method} ${host ?? ''}/${path}`) {
    case 'GET api/v1/models':
      return listModels(exchange, services);
    case 'GET site/api/openapi/queue/openapi.json':
      return openapiOf(exchange, services);
    case 'GET api/v1/models/pricing':
      return authorization === 'valid' ? listPrices(exchange, services.index) : unauthorized(authorization);
    case 'GET api/v1/models/requests/by-endpoint':
      return authorization === 'valid' ? listRequests(exchange, services.queue) : unauthorized(authorization);
    case 'POST api/v1/models/pricing/estimate': {
      const body = await readJson(exchange.request);
      if (authorization !== 'valid') return unauthorized(authorization);
      return body.ok ? estimate(body.json, services.index) : body.answer;
    }
    default:
      return detail(404, 'Not Found');
  }
}
