/**
 * A request body with integers beyond 2^53 as bigints: seeds reach 2^63, and an echo must not round them.
 * Needs the source text that Node 24's JSON.parse hands to its reviver.
 */
export function parseExact(text: string): unknown {
  return JSON.parse(text, revive);
}

function revive(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || Number.isSafeInteger(value)) return value;
  return /^-?\d+$/.test(source) ? BigInt(source) : value;
}
