import { appPath, fullPath, parseEndpointId } from '../endpoint-id.ts';

/** A request that fal has. */
export interface NamedRequest {
  readonly kind: 'request';
  readonly requestId: string;
  /** `[namespace/]owner/alias`, where it is known. */
  readonly endpointId: string | null;
}

/** What an address or id of fal names: a model, or one request of it. */
export type Named = { readonly kind: 'model'; readonly endpointId: string } | NamedRequest;

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
const ADDRESS = /^(?:(?:https?|wss?):\/\/)?([a-z\d.-]+)(?::443)?(\/[^?#\s]*)?(\?[^#\s]*)?(?:#\S*)?$/i;
/** The pages of a model on fal.ai, after its id. */
const PAGES = new Set(['playground', 'api', 'llms.txt', 'examples', 'requests', 'analytics']);

/** Reads an endpoint id, a request id, or an address of fal that holds one (fal-protocol §1.1, §2.1, §12.3). */
export function readName(text: string): Named | null {
  const trimmed = text.trim();
  if (UUID.test(trimmed)) return { kind: 'request', requestId: trimmed.toLowerCase(), endpointId: null };
  const address = ADDRESS.exec(trimmed);
  const host = address?.[1]?.toLowerCase().replace(/^www\./, '');
  const parts = decoded(address?.[2] ?? '')
    .split('/')
    .filter(Boolean);
  switch (host) {
    case 'fal.ai':
      return onSite(parts, address?.[3] ?? '');
    case 'fal.run':
    case 'ws.fal.run':
      return asModel(parts.join('/'));
    case 'queue.fal.run':
      return onQueue(parts);
    case 'api.fal.ai':
      return named(address?.[3] ?? '');
    default:
      // One word is a search, not an id.
      return trimmed.includes('/') && !trimmed.includes('://') ? asModel(trimmed) : null;
  }
}

/** Whether a text is an id alone: no address of fal, and no code, says that it is one. */
export function isBareId(text: string): boolean {
  const trimmed = text.trim();
  const host = /^(?:[a-z]+:\/\/)?(?:[a-z-]+\.)*fal\.(?:ai|run)(?::\d+)?(?:[/?#]|$)/i;
  return parseEndpointId(trimmed) !== null && !host.test(trimmed);
}

/** Pages, also the JSON behind them; a request's page names it by id alone. */
function onSite(parts: readonly string[], query: string): Named | null {
  if (parts[0] !== 'models') {
    const requestId = parts.find((part) => UUID.test(part));
    if (requestId === undefined) return named(query);
    return { kind: 'request', requestId: requestId.toLowerCase(), endpointId: null };
  }
  const page = parts.findIndex((part, i) => i >= 3 && PAGES.has(part));
  return asModel(parts.slice(1, page === -1 ? undefined : page).join('/'));
}

function onQueue(parts: readonly string[]): Named | null {
  const at = parts.indexOf('requests');
  const requestId = parts[at + 1];
  if (at === -1 || requestId === undefined)
    return asModel(parts.slice(0, at === -1 ? undefined : at).join('/'));
  const id = parseEndpointId(parts.slice(0, at).join('/'));
  if (id === null || !UUID.test(requestId)) return null;
  return { kind: 'request', requestId: requestId.toLowerCase(), endpointId: appPath(id) };
}

/** `?endpoint_id=`, as the platform's and the website's JSON are asked. */
function named(query: string): Named | null {
  const id = /[?&]endpoint_id=([^&]+)/.exec(query)?.[1];
  return id === undefined ? null : asModel(decoded(id));
}

function asModel(text: string): Named | null {
  const id = parseEndpointId(text);
  return id === null ? null : { kind: 'model', endpointId: fullPath(id) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
