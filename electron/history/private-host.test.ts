import { expect, test } from 'vitest';
import { isPrivateHost } from './private-host.ts';

const hostOf = (url: string): string => new URL(url).hostname;

test.each([
  'https://10.1.2.3/a.png',
  'https://127.1/a.png',
  'https://0x7f000001/a.png',
  'https://2130706433/a.png',
  'https://169.254.169.254/latest/meta-data',
  'https://172.31.0.1/',
  'https://192.168.0.1/',
  'https://[::1]/',
  'https://[::ffff:10.0.0.1]/',
  'https://[fd00::1]/',
  'https://[fe80::1]/',
  'https://localhost./',
  'https://LOCALHOST/',
  'https://printer.local/',
])('%s is of this network', (url) => expect(isPrivateHost(hostOf(url))).toBe(true));

test.each([
  'https://v3.fal.media/a.png',
  'https://172.32.0.1/',
  'https://8.8.8.8/',
  'https://[2606:4700::1111]/',
  'https://10.example.com/',
  'https://localhost.example.com/',
])('%s is not', (url) => expect(isPrivateHost(hostOf(url))).toBe(false));
