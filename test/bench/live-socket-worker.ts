import { parentPort, workerData } from 'node:worker_threads';
import { createFalClient } from '@fal-ai/client';
import { decode, encode } from '@msgpack/msgpack';
import { WebSocket as BareSocket } from 'ws';
import * as z from 'zod';
import { DEFAULT_BACKOFF, DEFAULT_POLL_INTERVAL } from '../../electron/fal/connection.ts';
import type { FalConnection } from '../../electron/fal/connection.ts';
import { localHostsSchema } from '../../electron/fal/hosts.ts';
import { RealtimeConnection } from '../../electron/fal/realtime/realtime.ts';
import { createTransport } from '../../electron/fal/transport/transport.ts';
import { DIRECT } from '../../electron/fal/transport/ways.ts';
import { parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { RING_LENGTH } from '../local-fal/ring-frames.ts';
import { officialSocket } from './official-socket.ts';
import { KEY } from './server.ts';
import { tokenFrom } from './token.ts';

/** One client in a thread of its own: each message is answered with the frames a second of one more round, over one connection. */

// As in the app.
z.config({ jitless: true });

const FRAMES = 60;
/** Before the first round: the connection's own beginning, and the compiler's. */
const WARM_UP = 1000;

const { client, hosts, endpointId } = z
  .object({
    client: z.enum(['ours', 'official', 'bare']),
    hosts: localHostsSchema,
    endpointId: z.string(),
  })
  .parse(workerData);

/** Sends inputs, each when the one before has been answered. */
interface Loop {
  /** Sends one input. */
  readonly send: () => void;
  /** For each answer. */
  answered: () => void;
}

const loops = { ours: ourLoop, official: officialLoop, bare: bareLoop };
const loop = loops[client]();

function exchange(frames: number): Promise<void> {
  return new Promise((resolve) => {
    let left = frames;
    loop.answered = () => {
      left -= 1;
      if (left > 0) loop.send();
      else resolve();
    };
    loop.send();
  });
}

const warm = exchange(WARM_UP);

parentPort?.on('message', () => void measure());

async function measure(): Promise<void> {
  await warm;
  const began = performance.now();
  await exchange(FRAMES);
  parentPort?.postMessage([(FRAMES * 1000) / (performance.now() - began)]);
}

/** Values that step, as those of a slider that is drawn along. */
function stepping(): () => { readonly value: number } {
  let value = 0;
  return () => {
    value = (value + 1) % RING_LENGTH;
    return { value };
  };
}

const fail = (what: string): never => {
  throw new Error(what);
};

function ourLoop(): Loop {
  const endpoint = parseEndpointId(endpointId) ?? fail(`${endpointId} is no endpoint id`);
  const transport = createTransport({ waysTo: () => Promise.resolve([DIRECT]) });
  const connection: FalConnection = {
    hosts,
    credentials: () => KEY,
    ...transport,
    backoff: DEFAULT_BACKOFF,
    pollInterval: DEFAULT_POLL_INTERVAL,
    userAgent: 'bench/0',
  };
  const next = stepping();
  let mark = 0;
  const live = RealtimeConnection.create(
    { connection, endpoint },
    {
      moved: (_step, error) => (error === null ? undefined : fail(error.title)),
      answered: () => own.answered(),
      refused: (_input, error) => fail(error.title),
      sent: () => undefined,
      dropped: () => fail('An input was lost'),
    },
  );
  if (!live.ok) return fail(live.error.title);
  const { value } = live;
  const own: Loop = {
    send: () => value.send({ mark: (mark += 1), body: next() }),
    answered: () => undefined,
  };
  return own;
}

function bareLoop(): Loop {
  const next = stepping();
  const socket = new BareSocket(`${hosts.ws}/${endpointId}`, {
    headers: { authorization: `Key ${KEY}` },
    perMessageDeflate: false,
  });
  socket.on('message', (data, isBinary) => {
    if (!isBinary || !Buffer.isBuffer(data)) return;
    decode(data);
    own.answered();
  });
  const own: Loop = {
    send: () => {
      if (socket.readyState === BareSocket.OPEN) socket.send(encode(next()));
      else socket.once('open', own.send);
    },
    answered: () => undefined,
  };
  return own;
}

function officialLoop(): Loop {
  officialSocket(hosts.ws);
  const next = stepping();
  const connection = createFalClient().realtime.connect(endpointId, {
    throttleInterval: 0,
    tokenProvider: () => tokenFrom(hosts, endpointId),
    onResult: () => own.answered(),
    onError: (error) => fail(error.message),
  });
  const own: Loop = { send: () => connection.send(next()), answered: () => undefined };
  return own;
}
