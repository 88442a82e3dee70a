import type { IncomingMessage, Server } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { readAuthorization } from '../auth.ts';
import type { FileStore } from '../file-store.ts';
import { detail, toJson } from '../http.ts';
import type { ModelIndex } from '../ids.ts';
import { appOf } from '../ids.ts';
import { readTarget } from '../target.ts';
import type { Answer, LocalFalHooks, LocalModel } from '../types.ts';
import { Session } from './session.ts';
import type { TokenMint } from './tokens.ts';
import type { Handshake, RealtimeModel } from './types.ts';

export type RealtimeServices = {
  readonly index: ModelIndex;
  readonly hooks: LocalFalHooks;
  readonly mint: TokenMint;
  readonly key: () => string;
  readonly pace: number;
  readonly files: FileStore;
};

/** Inputs: a picture of a camera, or a long document, and well below what would fill the memory. */
const MAX_INPUT_BYTES = 64 * 1024 * 1024;
const BUFFERING = { least: 1, most: 60 } as const;

/** Takes over the server's upgrades. The answer ends every session. */
export function serveRealtime(server: Server, services: RealtimeServices): () => void {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_INPUT_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
  });
  /** From the request to the last byte: neither the server nor its connections know of them any more. */
  const open = new Set<Duplex>();
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    const ignore = () => undefined;
    socket.on('error', ignore);
    void (async () => {
      const handshake = readHandshake(request, socket, services);
      if (!handshake) return refuse(socket, detail(404, 'Not Found'));
      const { hooks } = services;
      const faulty = (await hooks.realtime?.onHandshake?.(handshake)) ?? null;
      if (socket.destroyed) return;
      const admitted = faulty ? ({ ok: false, answer: faulty } as const) : admit(handshake, services);
      if (!admitted.ok) {
        hooks.realtime?.onRefused?.(handshake, admitted.answer);
        return refuse(socket, admitted.answer);
      }
      socket.off('error', ignore);
      sockets.handleUpgrade(request, socket, head, (opened) => {
        const { pace, files } = services;
        const session = new Session({
          ...admitted,
          socket: opened,
          handshake,
          pace,
          files,
          hooks: hooks.realtime ?? {},
        });
        void session.run();
      });
    })().catch(() => socket.destroy());
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}

function readHandshake(
  request: IncomingMessage,
  socket: Duplex,
  services: RealtimeServices,
): Handshake | null {
  const target = readTarget(request.url);
  if (!target || (target.host !== 'ws' && target.host !== 'run')) return null;
  const { host, path, query } = target;
  return {
    request,
    socket,
    host,
    path,
    query,
    authorization: readAuthorization(request.headers.authorization, services.key()),
    token: services.mint.read(query.get('fal_jwt_token')),
  };
}

type Admission =
  | {
      readonly ok: true;
      readonly model: LocalModel;
      readonly realtime: RealtimeModel;
      readonly buffering: number | null;
    }
  | { readonly ok: false; readonly answer: Answer };

/** The gateway asks for the key before it knows of any runner, and the runner for the rest. */
function admit(handshake: Handshake, services: RealtimeServices): Admission {
  const stranger = whyStranger(handshake);
  if (stranger !== null) return { ok: false, answer: detail(401, stranger) };
  const { path, query } = handshake;
  const resolved = services.index.resolve(path);
  const found = resolved.kind === 'model' ? resolved : null;
  const realtime = found?.model.realtime;
  if (!found || !realtime || !isAddressOf(found.model, realtime, found.subPath)) {
    const inside = resolved.kind === 'unknown' ? path : path.slice(appOf(path).length + 1);
    return { ok: false, answer: detail(404, `Path /${inside} not found`) };
  }
  const asked = query.get('max_buffering');
  const buffering = asked === null ? null : Number(asked);
  if (buffering === null) return { ok: true, model: found.model, realtime, buffering };
  if (Number.isInteger(buffering) && buffering >= BUFFERING.least && buffering <= BUFFERING.most) {
    return { ok: true, model: found.model, realtime, buffering };
  }
  const msg = `Input should be an integer from ${BUFFERING.least} to ${BUFFERING.most}`;
  const fault = { loc: ['query', 'max_buffering'], msg, type: 'value_error', input: asked };
  return { ok: false, answer: { status: 422, body: { detail: [fault] } } };
}

function isAddressOf(model: LocalModel, realtime: RealtimeModel, subPath: string): boolean {
  const path = (realtime.path ?? '/realtime').replace(/^\//, '');
  // An id that ends with the path is not given it twice (fal-protocol §2.3).
  return subPath === (model.endpointId.endsWith(`/${path}`) ? '' : path);
}

/** The `detail` of a 401, or null for whoever may come in: by the key, or by a token that names the app. */
function whyStranger({ authorization, token, path }: Handshake): string | null {
  if (authorization === 'valid') return null;
  switch (token.kind) {
    case 'none':
      return authorization === 'none'
        ? 'Authentication is required to access this application'
        : 'Invalid authentication credentials: no key with this id and secret was found';
    case 'other':
      return 'Invalid token';
    case 'expired':
      return 'The token has expired';
    case 'valid': {
      const alias = appOf(path).split('/').at(-1);
      return token.apps.some((app) => app === alias || app === path)
        ? null
        : 'The token is for another application';
    }
  }
}

function refuse(socket: Duplex, answer: Answer): void {
  const body = toJson(answer.body);
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    connection: 'close',
    ...answer.headers,
  };
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}\r\n${head.join('')}\r\n${body}`);
}
