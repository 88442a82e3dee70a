import { expect, test } from 'vitest';
import { resolveByRules } from './proxy-rules.ts';

const switches = (given: Readonly<Record<string, string>>) => ({
  hasSwitch: (name: string) => name in given,
  getSwitchValue: (name: string) => given[name] ?? '',
});

test.each<[Record<string, string>, string, string]>([
  [{}, 'https://fal.run/', 'DIRECT'],
  [{ 'proxy-server': 'a:1' }, 'https://fal.run/', 'PROXY a:1'],
  [{ 'proxy-server': 'a:1' }, 'wss://fal.run/', 'PROXY a:1'],
  [{ 'proxy-server': 'a:1,socks5://b:2,direct://' }, 'https://fal.run/', 'PROXY a:1;SOCKS5 b:2;DIRECT'],
  [{ 'proxy-server': 'http=a:1;https=https://b' }, 'https://fal.run/', 'HTTPS b:443'],
  [{ 'proxy-server': 'http=a:1' }, 'https://fal.run/', 'DIRECT'],
  [{ 'proxy-server': 'a:1' }, 'http://127.0.0.1:8/', 'DIRECT'],
  [{ 'proxy-server': 'a:1', 'proxy-bypass-list': '<-loopback>' }, 'http://localhost/', 'PROXY a:1'],
  [{ 'proxy-server': 'a:1', 'proxy-bypass-list': '*.fal.run; x' }, 'https://queue.fal.run/', 'DIRECT'],
  [{ 'proxy-server': 'a:1', 'proxy-bypass-list': 'fal.run' }, 'https://queue.fal.run/', 'PROXY a:1'],
  [{ 'proxy-server': 'a:1', 'no-proxy-server': '' }, 'https://fal.run/', 'DIRECT'],
])('%j: %s is reached by %s', (given, url, expected) =>
  expect(resolveByRules(new URL(url), switches(given))).toBe(expected),
);
