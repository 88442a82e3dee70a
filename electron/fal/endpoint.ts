import { fullPath, parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import type { EndpointId } from '../../shared/fal/endpoint-id.ts';
import { appError } from '../../shared/fal/errors.ts';
import type { AppError } from '../../shared/fal/errors.ts';
import { fail, ok } from '../../shared/result.ts';
import type { Result } from '../../shared/result.ts';
import { FAL_HOSTS, isFals } from './hosts.ts';
import type { FalHosts } from './hosts.ts';

/** An endpoint, and the origin it is called at where that is none of the hosts every endpoint has. */
export interface Endpoint extends EndpointId {
  readonly origin?: string;
}

/** Hosts that serve any endpoint: an address there says no more than the id in it. */
const ANY_ENDPOINT = new Set(
  [FAL_HOSTS.run, FAL_HOSTS.queue, FAL_HOSTS.ws].map((base) => new URL(base).host),
);
const SITE = new Set(['fal.ai', 'www.fal.ai']);

/**
 * An endpoint as a person names it: its id (fal-protocol §2.1), or a full address. An address counts only on https and
 * on a host that is exactly fal's, since the key will follow it (fal-protocol §1.3), or under the connection's own hosts.
 */
export function readEndpoint(text: string, hosts: FalHosts): Result<Endpoint, AppError> {
  const trimmed = text.trim();
  if (!/^([a-z][a-z\d+.-]*:|\/\/)/i.test(trimmed)) return found(parseEndpointId(trimmed), text);
  const url = URL.parse(trimmed);
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '')
    return found(null, text);
  for (const base of [hosts.run, hosts.queue, hosts.ws]) {
    const own = URL.parse(`${base}/`)?.href;
    if (own !== undefined && url.href.startsWith(own))
      return found(parseEndpointId(url.href.slice(own.length)), text);
  }
  if (!['https:', 'wss:'].includes(url.protocol) || !isFals(url))
    return fail(
      appError('input', 'This address is not one of fal’s', {
        detail: text,
        hint: 'Nothing was sent. An endpoint is an id such as fal-ai/flux/dev, or an https address on fal.run.',
      }),
    );
  if (SITE.has(url.host)) {
    const page = /^\/models\/(.+?)(?:\/(?:api|playground))?\/?$/.exec(url.pathname);
    return found(page?.[1] === undefined ? null : parseEndpointId(page[1]), text);
  }
  const id = parseEndpointId(url.pathname);
  if (id === null || ANY_ENDPOINT.has(url.host)) return found(id, text);
  // The key at hand belongs to the server that stands in fal's place.
  if (hosts.run !== FAL_HOSTS.run)
    return fail(
      appError('input', 'This address is fal’s, and these requests go to another server', {
        detail: text,
        hint: 'Nothing was sent. Name the endpoint by its id.',
      }),
    );
  return ok({ ...id, origin: `https://${url.host}` });
}

function found(id: EndpointId | null, text: string): Result<Endpoint, AppError> {
  return id === null
    ? fail(
        appError('input', 'This is not an endpoint', {
          detail: text,
          hint: 'Nothing was sent. An endpoint is owner/name, with a path behind it where the model has one.',
        }),
      )
    : ok(id);
}

/**
 * The whole id with its path inside the app (fal-protocol §2.3). A path that was asked for comes before `otherwise`, and
 * an empty one means none. What the id already ends with is not doubled, as both official clients do.
 */
export function callPath(id: EndpointId, path: string | undefined, otherwise = ''): Result<string, AppError> {
  const parts = (path ?? otherwise).split('/').filter((part) => part !== '');
  const full = fullPath(id);
  if (parts.length === 0) return ok(full);
  const extra = parts.join('/');
  // Read as one id: its rules keep a path from climbing out of the app, or from becoming a query.
  if (parseEndpointId(`${full}/${extra}`) === null)
    return fail(appError('input', 'This path cannot be called', { detail: path ?? otherwise }));
  return ok(otherwise !== '' && full.endsWith(`/${extra}`) ? full : `${full}/${extra}`);
}
