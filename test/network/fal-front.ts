import { readFileSync } from 'node:fs';
import { request as requestHttp } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { FAL_HOSTS } from '../../electron/fal/hosts.ts';
import type { FalHosts } from '../../electron/fal/hosts.ts';

/** What lies among the tests' certificates, as text. */
export const tlsFile = (name: string): string =>
  readFileSync(new URL(`../fixtures/tls/${name}`, import.meta.url), 'utf8');

/** The authority of the front's certificate, in PEM; Node is told of it as of any other. */
export const CERTIFICATE = tlsFile('certificate.pem');
export const CERTIFICATE_PATH = new URL('../fixtures/tls/certificate.pem', import.meta.url);

export interface Front {
  readonly port: number;
  readonly close: () => Promise<void>;
}

const NAMES = ['queue', 'run', 'rest', 'api', 'cdn', 'site'] as const;

/**
 * A local server under fal's own names: https, each host by its name, the addresses in its answers fal's. Nothing finds it
 * but a proxy that is told where it is.
 */
export async function startFront(hosts: FalHosts): Promise<Front> {
  const server = createServer({ cert: CERTIFICATE, key: tlsFile('key.pem') }, (request, response) =>
    pass(hosts, request, response),
  );
  const open = new Set<Duplex>();
  server.on('secureConnection', (socket) => {
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
  });
  server.on('upgrade', (request: IncomingMessage, near: Duplex) => passSocket(hosts, request, near));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: portOf(server.address()),
    close: async () => {
      for (const socket of open) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

export function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

function baseOf(hosts: FalHosts, request: IncomingMessage): URL {
  const host = request.headers.host ?? '';
  const name = NAMES.find((one) => new URL(FAL_HOSTS[one]).host === host);
  if (name === undefined) throw new Error(`${host} is none of fal's`);
  return new URL(request.headers.upgrade === undefined ? hosts[name] : hosts.ws.replace('ws:', 'http:'));
}

/** The local server's own addresses, as fal would say them. */
const asFals = (hosts: FalHosts, text: string): string =>
  NAMES.reduce((said, name) => said.replaceAll(hosts[name], FAL_HOSTS[name]), text);

function pass(hosts: FalHosts, request: IncomingMessage, response: ServerResponse): void {
  const base = baseOf(hosts, request);
  const onward = requestHttp(
    {
      host: base.hostname,
      port: base.port,
      path: `${base.pathname}${request.url ?? ''}`,
      method: request.method,
      headers: { ...request.headers, host: base.host, 'accept-encoding': 'identity' },
    },
    (answer) => {
      const type = answer.headers['content-type'] ?? '';
      if (!type.includes('json')) {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
        return;
      }
      let text = '';
      answer.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      answer.once('end', () => {
        const { 'content-length': _length, ...headers } = answer.headers;
        response.writeHead(answer.statusCode ?? 500, headers).end(asFals(hosts, text));
      });
    },
  );
  onward.on('error', () => response.destroy());
  response.once('close', () => onward.destroy());
  request.pipe(onward);
}

function passSocket(hosts: FalHosts, request: IncomingMessage, near: Duplex): void {
  const base = baseOf(hosts, request);
  const far = connect(Number(base.port), base.hostname, () => {
    const headers = Object.entries({ ...request.headers, host: base.host }).map(
      ([name, value]) => `${name}: ${String(value)}\r\n`,
    );
    far.write(`GET ${base.pathname}${request.url ?? ''} HTTP/1.1\r\n${headers.join('')}\r\n`);
    near.pipe(far).pipe(near);
  });
  far.on('error', () => near.destroy());
  near.on('error', () => far.destroy());
  near.once('close', () => far.destroy());
}
