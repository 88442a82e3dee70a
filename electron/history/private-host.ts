import { BlockList, isIP } from 'node:net';

/** Addresses of this computer, of its network and of nobody: no result of fal's lies there. */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv4');
for (const [network, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(network, bits, 'ipv6');

/**
 * Whether a URL's host is plainly one of this computer or its network. A name that only leads there cannot be told by
 * its looks.
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$|\.$/g, '');
  const family = isIP(host);
  if (family === 0) return host === 'localhost' || /\.(localhost|local|internal|home\.arpa)$/.test(host);
  return PRIVATE.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
