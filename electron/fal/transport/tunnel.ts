import { once } from 'node:events';
import { request as requestHttp } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as requestHttps } from 'node:https';
import { connect, isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { SecureContext } from 'node:tls';
import { SocksClient } from 'socks';
import { ProxyError } from './proxy-error.ts';
import { nameOf } from './ways.ts';
import type { ProxyWay } from './ways.ts';

export interface Target {
  readonly host: string;
  readonly port: number;
}

export interface TunnelOptions {
  /** Milliseconds. */
  readonly limit: number;
  /** When nobody wants the line any more. */
  readonly until: AbortSignal | undefined;
  /** Who is believed about a proxy that is itself spoken to over TLS; Node's own authorities if not given. */
  readonly context: SecureContext | undefined;
}

/**
 * A line to `to` through the proxy, over which nothing has gone yet. Rejects with a `ProxyError`, but for an end that was
 * wished. Node's own client speaks CONNECT, and no more than the host's name is said in it; SOCKS is a library's.
 */
export function tunnel(way: ProxyWay, to: Target, options: TunnelOptions): Promise<Duplex> {
  return way.kind === 'http' || way.kind === 'https'
    ? byConnect(way, to, options)
    : bySocks(way, to, options);
}

const late = (limit: number): Error => new Error(`No answer within ${limit / 1000} s`);
const stopped = (): Error => new Error('The operation was aborted');

function byConnect(
  way: ProxyWay,
  { host, port }: Target,
  { limit, until, context }: TunnelOptions,
): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
    const request = (way.kind === 'https' ? requestHttps : requestHttp)({
      host: way.host,
      port: way.port,
      method: 'CONNECT',
      path: authority,
      // One line each, never reused: what comes over it is another host's.
      agent: false,
      // Node takes the name in the header for it, which is the target's.
      servername: isIP(way.host) === 0 ? way.host : '',
      ...(context === undefined ? {} : { secureContext: context }),
      headers: {
        host: authority,
        ...(way.user === null ? {} : { 'proxy-authorization': `Basic ${basic(way.user)}` }),
      },
    });
    const settled = (): void => {
      clearTimeout(timer);
      until?.removeEventListener('abort', stop);
    };
    const failed = (error: Error): void => {
      settled();
      request.destroy();
      reject(error);
    };
    const unreachable = (error: Error): void =>
      failed(new ProxyError('unreachable', nameOf(way), error.message, error));
    const stop = (): void => failed(stopped());
    const timer = setTimeout(() => unreachable(late(limit)), limit);
    until?.addEventListener('abort', stop, { once: true });
    request.on('error', unreachable);
    request.once('connect', (answer: IncomingMessage, socket: Duplex, head: Buffer) => {
      const { statusCode = 0, statusMessage = '' } = answer;
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy();
        const fault = statusCode === 407 ? 'password' : 'refused';
        return failed(new ProxyError(fault, nameOf(way), `HTTP ${statusCode} ${statusMessage}`.trim()));
      }
      settled();
      if (head.byteLength > 0) socket.unshift(head);
      resolve(socket);
    });
    request.end();
  });
}

const basic = ({ name, password }: NonNullable<ProxyWay['user']>): string =>
  Buffer.from(`${name}:${password}`).toString('base64');

async function bySocks(way: ProxyWay, destination: Target, { limit, until }: TunnelOptions): Promise<Duplex> {
  // Our own line, since the library lets nobody end its.
  const line = connect(way.port, way.host).on('error', () => undefined);
  const timer = setTimeout(() => line.destroy(late(limit)), limit);
  const stop = (): void => void line.destroy(stopped());
  until?.addEventListener('abort', stop, { once: true });
  try {
    await once(line, 'connect');
    const { socket } = await SocksClient.createConnection({
      existing_socket: line,
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
    line.destroy();
    if (until?.aborted === true) throw stopped();
    const detail = error instanceof Error ? error.message : String(error);
    // Its errors are told apart by their words alone.
    const fault = /auth/i.test(detail) ? 'password' : /rejected/i.test(detail) ? 'refused' : 'unreachable';
    throw new ProxyError(fault, nameOf(way), detail);
  } finally {
    clearTimeout(timer);
    until?.removeEventListener('abort', stop);
  }
}
