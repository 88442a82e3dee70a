import { lifecycleHeader } from './lifecycle-header.ts';
import type { RequestOptions } from './request-options.ts';

/** Whom the request is from and how it travels is the client's to say, and the key above all. */
export const CONNECTION_HEADERS: ReadonlySet<string> = new Set([
  'accept',
  'accept-encoding',
  'authorization',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** What the options say in headers (fal-protocol §9.1); one of them wins over a header of the same name of one’s own. */
export function optionHeaders(options: RequestOptions): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(options.headers ?? {}))
    if (!CONNECTION_HEADERS.has(name.toLowerCase())) headers[name.toLowerCase()] = value;
  if (options.priority !== undefined) headers['x-fal-queue-priority'] = options.priority;
  if (options.hint !== undefined) headers['x-fal-runner-hint'] = options.hint;
  if (options.startTimeout !== undefined) headers['x-fal-request-timeout'] = String(options.startTimeout);
  if (options.noRetry === true) headers['x-fal-no-retry'] = '1';
  if (options.retryConfig !== undefined) headers['x-fal-retry-config'] = JSON.stringify(options.retryConfig);
  if (options.storeIo === false) headers['x-fal-store-io'] = '0';
  if (options.disableFallback === true) headers['x-app-fal-disable-fallback'] = 'true';
  const lifecycle = options.lifecycle === undefined ? null : lifecycleHeader(options.lifecycle);
  if (lifecycle !== null) headers['x-fal-object-lifecycle-preference'] = lifecycle;
  return headers;
}
