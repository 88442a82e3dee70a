import type { Answer, Exchange, LocalFalHooks, ValidationDetail } from '../types.ts';
import { detail, isObject, readJson, sendAnswer } from '../http.ts';
import type { TokenMint } from './tokens.ts';

/** Seconds. The default is both clients' (fal-protocol §7.1); the limit is ours. */
const DEFAULT_LIFETIME = 120;
const MAX_LIFETIME = 3600;

export type TokenServices = { readonly mint: TokenMint; readonly hooks: LocalFalHooks };

export function isTokenPath(path: string): boolean {
  return path === 'tokens' || path === 'tokens/realtime';
}

/** `POST /tokens/` answers a JSON string, `POST /tokens/realtime` an object (fal-protocol §7.1). */
export async function handleTokens(exchange: Exchange, services: TokenServices): Promise<void> {
  const { request, response, method, path } = exchange;
  if (method !== 'POST') return sendAnswer(response, detail(405, 'Method Not Allowed', { allow: 'POST' }));
  const body = await readJson(request);
  if (!body.ok) return sendAnswer(response, body.answer);
  const read = readRequest(body.json);
  if (!read.ok) return sendAnswer(response, read.answer);
  const realtime = services.hooks.realtime;
  const lifetime = realtime?.tokenLifetime?.(read.lifetime) ?? read.lifetime;
  const token = services.mint.issue(read.apps, lifetime);
  const other = realtime?.onToken?.(exchange, { token, apps: read.apps, lifetime }) ?? null;
  const usual = path === 'tokens' ? token : { token };
  sendAnswer(response, { status: 200, body: other === null ? usual : other.body });
}

type Read =
  | { readonly ok: true; readonly apps: readonly string[]; readonly lifetime: number }
  | { readonly ok: false; readonly answer: Answer };

function readRequest(body: unknown): Read {
  const faults: ValidationDetail[] = [];
  const fault = (name: string, type: string, msg: string, input: unknown) =>
    faults.push({ loc: ['body', name], msg, type, input });
  const given = isObject(body) ? body : {};
  // Newer documents name the apps one way and third parties another (fal-protocol §7.1).
  const apps = given['allowed_apps'] ?? (typeof given['app'] === 'string' ? [given['app']] : undefined);
  const names = Array.isArray(apps) ? apps.filter((app) => typeof app === 'string' && app !== '') : [];
  if (apps === undefined) fault('allowed_apps', 'missing', 'Field required', body ?? null);
  else if (!Array.isArray(apps) || names.length === 0 || names.length !== apps.length) {
    fault('allowed_apps', 'list_type', 'Input should be a list of names', apps);
  }
  const name = given['token_expiration'] === undefined ? 'duration' : 'token_expiration';
  const seconds = given[name] ?? DEFAULT_LIFETIME;
  if (typeof seconds !== 'number' || !Number.isInteger(seconds)) {
    fault(name, 'int_type', 'Input should be a valid integer', seconds);
  } else if (seconds < 1 || seconds > MAX_LIFETIME) {
    fault(name, 'value_error', `Input should be between 1 and ${MAX_LIFETIME} seconds`, seconds);
  }
  return faults.length > 0 || typeof seconds !== 'number'
    ? { ok: false, answer: { status: 422, body: { detail: faults } } }
    : { ok: true, apps: names, lifetime: seconds };
}
