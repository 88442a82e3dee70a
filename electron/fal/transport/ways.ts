import { isIPv6 } from 'node:net';
import { appError } from '../../../shared/fal/errors.ts';
import type { AppError } from '../../../shared/fal/errors.ts';
import { fail, ok } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';

/** Who a proxy is told asks; kept apart from where it is, which is written into errors. */
export interface ProxyUser {
  readonly name: string;
  readonly password: string;
}

/** How a host is reached. Names are left to the proxy to look up: behind one there is often nobody else to ask. */
export type Way =
  | { readonly kind: 'direct' }
  | {
      readonly kind: 'http' | 'https' | 'socks4' | 'socks5';
      readonly host: string;
      readonly port: number;
      readonly user: ProxyUser | null;
    };
export type ProxyWay = Exclude<Way, { kind: 'direct' }>;

/** Ways to an address, to be tried in their order. */
export type WaysTo = (url: URL) => Promise<readonly Way[]>;

export const DIRECT: Way = { kind: 'direct' };

/** `host:port`, as a person knows a proxy. */
export const nameOf = ({ host, port }: ProxyWay): string =>
  `${host.includes(':') ? `[${host}]` : host}:${port}`;

/** In a PAC file's words; SOCKS without a number is version 4 there. */
const PAC_KINDS: Readonly<Record<string, readonly [ProxyWay['kind'], port: number]>> = {
  PROXY: ['http', 80],
  HTTP: ['http', 80],
  HTTPS: ['https', 443],
  SOCKS: ['socks4', 1080],
  SOCKS4: ['socks4', 1080],
  SOCKS5: ['socks5', 1080],
};

/** A PAC file's answer, which is also how Chromium tells what the system is set to: `PROXY a:1; SOCKS b:2; DIRECT`. */
export function readPac(text: string): readonly Way[] {
  const ways = text.split(';').flatMap((part): Way[] => {
    const [word = '', place = ''] = part.trim().split(/\s+/);
    if (word.toUpperCase() === 'DIRECT') return [DIRECT];
    const known = PAC_KINDS[word.toUpperCase()];
    const way = known === undefined ? null : wayAt(known, `x://${place}`);
    return way === null ? [] : [way];
  });
  // What nobody here can speak is no reason to stay off the network: the system said so of others too.
  return ways.length === 0 ? [DIRECT] : ways;
}

const URL_KINDS: Readonly<Record<string, readonly [ProxyWay['kind'], port: number]>> = {
  'http:': ['http', 80],
  'https:': ['https', 443],
  'socks:': ['socks5', 1080],
  'socks4:': ['socks4', 1080],
  'socks4a:': ['socks4', 1080],
  'socks5:': ['socks5', 1080],
  'socks5h:': ['socks5', 1080],
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The ways that `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` name, in either case, as curl has them. Fails with
 * `input` for a proxy that cannot be read: to go past it without a word would be worse.
 */
export function waysOfEnvironment(env: Environment): Result<WaysTo, AppError> {
  const found = new Map<string, ProxyWay | null>();
  for (const name of ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY']) {
    const text = valueOf(env, name);
    const way = text === '' ? null : proxyAt(text);
    if (text !== '' && way === null)
      return fail(
        appError('input', `${name} names no proxy`, {
          hint: 'Nothing was sent. It is an address such as http://proxy.example:8080, or socks5://…',
        }),
      );
    found.set(name, way);
  }
  const except = valueOf(env, 'NO_PROXY')
    .split(/[\s,]+/)
    .filter((part) => part !== '');
  const isSecure = (url: URL): boolean => url.protocol === 'https:' || url.protocol === 'wss:';
  return ok((url) => {
    const own = found.get(isSecure(url) ? 'HTTPS_PROXY' : 'HTTP_PROXY') ?? found.get('ALL_PROXY') ?? null;
    const excepted = except.some((rule) => isExcepted(url, isSecure(url) ? '443' : '80', rule));
    return Promise.resolve([own === null || excepted ? DIRECT : own]);
  });
}

/**
 * The same ways, with the name and the password that the environment gives for a proxy. Only for one of the same kind: what
 * was given for a way by TLS would go out in clear by another.
 */
export function withUsers(waysTo: WaysTo, env: Environment): WaysTo {
  const known = ['HTTPS_PROXY', 'HTTP_PROXY', 'ALL_PROXY'].flatMap(
    (name) => proxyAt(valueOf(env, name)) ?? [],
  );
  return async (url) =>
    (await waysTo(url)).map((way) => {
      if (way.kind === 'direct' || way.user !== null) return way;
      const same = known.find(
        (one) => one.user !== null && one.kind === way.kind && nameOf(one) === nameOf(way),
      );
      return same === undefined ? way : { ...way, user: same.user };
    });
}

/** One that is empty says nothing, and hides nothing. */
const valueOf = (env: Environment, name: string): string =>
  (env[name] ?? '').trim() || (env[name.toLowerCase()] ?? '').trim();

function proxyAt(text: string): ProxyWay | null {
  if (text === '') return null;
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `http://${text}`;
  const known = URL_KINDS[URL.parse(address)?.protocol ?? ''];
  return known === undefined ? null : wayAt(known, address);
}

function wayAt([kind, usual]: readonly [ProxyWay['kind'], number], address: string): ProxyWay | null {
  const url = URL.parse(address);
  if (url === null || url.hostname === '') return null;
  const { username, password, hostname, port } = url;
  return {
    kind,
    host: hostname.replace(/^\[|\]$/g, '').toLowerCase(),
    port: port === '' ? usual : Number(port),
    user: username === '' && password === '' ? null : { name: plain(username), password: plain(password) },
  };
}

/** A percent sign that means nothing is one. */
function plain(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * `*`, a host with all under it, with or without a dot or star before it, and a port behind it. An IPv6 address may go
 * without its brackets, and has no port then.
 */
function isExcepted({ hostname, port }: URL, usual: string, rule: string): boolean {
  if (rule === '*') return true;
  if (isIPv6(rule)) return hostname === URL.parse(`x://[${rule}]`)?.hostname;
  const [, name = '', only] = /^(.*?)(?::(\d+))?$/.exec(rule.toLowerCase()) ?? [];
  if (only !== undefined && only !== (port === '' ? usual : port)) return false;
  const bare = name.replace(/^\*?\.?/, '');
  return bare !== '' && (hostname === bare || hostname.endsWith(`.${bare}`));
}
