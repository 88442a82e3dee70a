import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Duplex } from 'node:stream';
import { SocksClient } from 'socks';
import { ProxyError } from './proxy-error.ts';
import { nameOf } from './ways.ts';
import type { ProxyWay } from './ways.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
}

/**
 * A line to `to` through the proxy, over which nothing has gone yet. Rejects with a `ProxyError`; `limit` is in
 * milliseconds. Node's own client speaks CONNECT, and no more than the host's name is said in it; SOCKS is a library's.
 */
export function tunnel(way: ProxyWay, to: Target, limit: number): Promise<Duplex> {
  return way.kind === 'http' || way.kind === 'https' ? byConnect(way, to, limit) : bySocks(way, to, limit);
}

function byConnect(way: ProxyWay, { host, port }: Target, limit: number): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const request = (way.kind === 'https' ? requestHttps : requestHttp)({
      host: way.host,
      port: way.port,
      method: 'CONNECT',
      path: authority,
      // One line each, never reused: what comes over it is another host's.
      agent: false,
      headers: {
        host: authority,
        ...(way.user === null ? {} : { 'proxy-authorization': `Basic ${basic(way.user)}` }),
      },
    });
    const failed = (fault: ProxyError['fault'], detail: string): void => {
      clearTimeout(timer);
      request.destroy();
      reject(new ProxyError(fault, nameOf(way), detail));
    };
    const timer = setTimeout(() => failed('unreachable', `No answer within ${limit / 1000} s`), limit);
    request.on('error', ({ message }) => failed('unreachable', message));
    request.once('connect', (answer: IncomingMessage, socket: Duplex, head: Buffer) => {
      const { statusCode = 0, statusMessage = '' } = answer;
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        return failed(
          statusCode === 407 ? 'password' : 'refused',
          `HTTP ${statusCode} ${statusMessage}`.trim(),
        );
      }
      clearTimeout(timer);
      if (head.byteLength > 0) socket.unshift(head);
      resolve(socket);
    });
    request.end();
  });
}

const basic = ({ name, password }: NonNullable<ProxyWay['user']>): string =>
  Buffer.from(`${name}:${password}`).toString('base64');

async function bySocks(way: ProxyWay, destination: Target, limit: number): Promise<Duplex> {
  try {
    const { socket } = await SocksClient.createConnection({
      proxy: {
        host: way.host,
        port: way.port,
        type: way.kind === 'socks4' ? 4 : 5,
        ...(way.user === null ? {} : { userId: way.user.name, password: way.user.password }),
      },
      destination: { ...destination },
      command: 'connect',
      timeout: limit,
    });
    return socket;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    // Its errors are told apart by their words alone.
    const fault = /auth/i.test(detail) ? 'password' : /rejected/i.test(detail) ? 'refused' : 'unreachable';
    throw new ProxyError(fault, nameOf(way), detail);
  }
}
