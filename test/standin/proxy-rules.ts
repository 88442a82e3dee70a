/** What of Chromium's switches for proxies the app's tests give it: `--proxy-server`, `--proxy-bypass-list`, `--no-proxy-server`. */
export interface ProxySwitches {
  readonly hasSwitch: (name: string) => boolean;
  readonly getSwitchValue: (name: string) => string;
}

/** In a PAC file's words, as Electron's `resolveProxy` has them. */
const WORDS: Readonly<Record<string, string>> = {
  http: 'PROXY',
  https: 'HTTPS',
  socks: 'SOCKS5',
  socks4: 'SOCKS',
  socks5: 'SOCKS5',
  direct: 'DIRECT',
};
const PORTS: Readonly<Record<string, string>> = { http: '80', https: '443' };

/** `http=a:1;https=b:2,direct://`, or one list for all: as Chromium reads it, what it cannot read left out. */
export function resolveByRules(url: URL, switches: ProxySwitches): string {
  const rules = switches.getSwitchValue('proxy-server');
  if (rules === '' || switches.hasSwitch('no-proxy-server')) return 'DIRECT';
  if (isBypassed(url, switches.getSwitchValue('proxy-bypass-list'))) return 'DIRECT';
  const scheme = url.protocol.replace(/:$/, '').replace(/^ws/, 'http');
  const parts = rules.split(';').map((part) => part.split('='));
  const own = parts.find(([name, list]) => list !== undefined && name?.trim() === scheme)?.[1];
  const all = parts.find(([, list]) => list === undefined)?.[0];
  const ways = (own ?? all ?? '').split(',').flatMap(wordOf);
  return ways.length === 0 ? 'DIRECT' : ways.join(';');
}

function wordOf(text: string): string[] {
  const [, scheme = 'http', place = ''] = /^(?:([a-z\d]+):\/\/)?(.*)$/i.exec(text.trim()) ?? [];
  const word = WORDS[scheme.toLowerCase()];
  if (word === undefined) return [];
  if (word === 'DIRECT') return [word];
  if (place === '') return [];
  return [`${word} ${/:\d+$/.test(place) ? place : `${place}:${PORTS[scheme] ?? '1080'}`}`];
}

/** This computer is never reached by a proxy unless the list says so. */
function isBypassed({ hostname }: URL, list: string): boolean {
  const rules = list.split(/[;,]/).map((rule) => rule.trim());
  const isHere = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.');
  if (isHere) return !rules.includes('<-loopback>');
  return rules.some((rule) => {
    const name = rule.replace(/^\*?\./, '');
    return (
      name !== '' && (hostname === name || (rule !== name && hostname.endsWith(`.${name}`)) || rule === '*')
    );
  });
}
