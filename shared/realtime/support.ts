import { isJsonObject } from '../json.ts';
import type { JsonValue } from '../json.ts';

/** Models with a realtime endpoint that nothing in their id or document tells of. */
const KNOWN = new Set([
  'fal-ai/fast-lcm-diffusion',
  'fal-ai/fast-sdxl',
  'fal-ai/fast-lightning-sdxl',
  'fal-ai/lcm',
]);

/** Whether a model answers over a realtime socket, as far as its id tells; only the handshake is sure. */
export function speaksRealtime(endpointId: string): boolean {
  return KNOWN.has(endpointId) || endpointId.split('/').includes('realtime');
}

/**
 * A socket that only negotiates a WebRTC connection: its messages are offers and candidates, and no picture comes over it.
 * Such models say so in the words of their document or in the kinds of message it lists.
 */
export function isSignalling(document: JsonValue): boolean {
  const components = isJsonObject(document) ? document['components'] : undefined;
  return components !== undefined && mentions(components, 0);
}

const WORDS = /webrtc|ice_?candidate|ice_?servers/i;
const DEEPEST = 40;

function mentions(value: JsonValue, depth: number): boolean {
  if (depth > DEEPEST) return false;
  if (typeof value === 'string') return WORDS.test(value);
  if (isJsonObject(value))
    return Object.entries(value).some(([key, inner]) => WORDS.test(key) || mentions(inner, depth + 1));
  return Array.isArray(value) && value.some((inner: JsonValue) => mentions(inner, depth + 1));
}
