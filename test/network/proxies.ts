import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { portOf, tlsFile } from './fal-front.ts';

/** The authority of a proxy that is spoken to over TLS, in PEM. */
export const PROXY_CERTIFICATE = tlsFile('proxy-certificate.pem');

export interface TestProxy {
  /** `host:port`. */
  readonly place: string;
  /** Whom it was asked for, in order. */
  readonly asked: readonly string[];
  /** All it was sent by those it let through, as text: what is in there it could read. */
  readonly heard: () => string;
  /** It goes away, and all that went through it breaks. */
  readonly close: () => Promise<void>;
}

export interface ConnectProxyOptions {
  /** Where every host is found, as a port of this computer. */
  readonly to: number;
  /** `NAME:PASSWORD` that it asks for. */
  readonly user?: string;
  /** Hosts it lets nobody through to. */
  readonly refuses?: RegExp;
  /** Takes connections and says nothing. */
  readonly mute?: boolean;
  /** It is spoken to over TLS, as `localhost` or by its number. */
  readonly secure?: boolean;
}

/** A proxy that speaks CONNECT and nothing else: what comes in clear is answered 400. */
export async function startConnectProxy(options: ConnectProxyOptions): Promise<TestProxy> {
  const { to, user, refuses, mute = false, secure = false } = options;
  const [asked, heard]: [string[], Buffer[]] = [[], []];
  const inClear = (request: IncomingMessage, response: ServerResponse): void => {
    asked.push(`in clear: ${request.url ?? ''}`);
    response.writeHead(400).end();
  };
  const server = secure
    ? createHttpsServer({ cert: PROXY_CERTIFICATE, key: tlsFile('proxy-key.pem') }, inClear)
    : createHttpServer(inClear);
  server.on('connect', (request: IncomingMessage, near: Duplex) => {
    const host = request.url ?? '';
    asked.push(host);
    near.on('error', () => undefined);
    heard.push(Buffer.from(JSON.stringify(request.rawHeaders)));
    if (mute) return;
    const given = request.headers['proxy-authorization'];
    if (user !== undefined && given !== `Basic ${Buffer.from(user).toString('base64')}`)
      return void near.end('HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\n\r\n');
    if (refuses?.test(host) === true) return void near.end('HTTP/1.1 403 Forbidden\r\n\r\n');
    const far = connect(to, '127.0.0.1', () => near.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    join(near, far, heard);
  });
  return served(server, asked, heard);
}

/** A proxy that speaks SOCKS, version 5, with a name and a password or without. */
export async function startSocksProxy({ to, user }: ConnectProxyOptions): Promise<TestProxy> {
  const [asked, heard]: [string[], Buffer[]] = [[], []];
  const server = createTcpServer((near) => {
    void (async () => {
      const read = reader(near);
      const [, ways = 0] = await read(2);
      await read(ways);
      near.write(Uint8Array.of(5, user === undefined ? 0 : 2));
      if (user !== undefined) {
        const [, nameLength = 0] = await read(2);
        const name = (await read(nameLength)).toString();
        const [wordLength = 0] = await read(1);
        const word = (await read(wordLength)).toString();
        const right = `${name}:${word}` === user;
        near.write(Uint8Array.of(1, right ? 0 : 1));
        if (!right) return near.end();
      }
      const [, , , kind, length = 0] = await read(5);
      if (kind !== 3) throw new Error('It was given a number in place of a name');
      const host = (await read(length)).toString();
      asked.push(`${host}:${(await read(2)).readUInt16BE()}`);
      const far = connect(to, '127.0.0.1', () => near.write(Uint8Array.of(5, 0, 0, 1, 0, 0, 0, 0, 0, 0)));
      join(near, far, heard);
    })().catch(() => near.destroy());
  });
  return served(server, asked, heard);
}

function join(near: Duplex, far: Socket, heard: Buffer[]): void {
  near.on('data', (bytes: Buffer) => heard.push(bytes));
  near.pipe(far).pipe(near);
  far.on('error', () => near.destroy());
  near.on('error', () => far.destroy());
  near.once('close', () => far.destroy());
  far.once('close', () => near.destroy());
}

/** Waits for so many bytes, and leaves the rest. */
function reader(socket: Socket): (bytes: number) => Promise<Buffer> {
  return async (bytes) => {
    for (;;) {
      const part: unknown = bytes === 0 ? Buffer.alloc(0) : socket.read(bytes);
      if (Buffer.isBuffer(part)) return part;
      await new Promise((resolve) => socket.once('readable', resolve));
    }
  };
}

async function served(server: Server, asked: string[], heard: Buffer[]): Promise<TestProxy> {
  const open = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).once('close', () => open.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    place: `127.0.0.1:${portOf(server.address())}`,
    asked,
    heard: () => Buffer.concat(heard).toString('latin1'),
    close: async () => {
      for (const socket of open) socket.destroy();
      if (server.listening) await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
