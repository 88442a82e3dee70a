import { request } from 'node:http';
import { connect } from 'node:net';
import { parentPort, workerData } from 'node:worker_threads';
import type { FalClient } from '@fal-ai/client';
import { createParser } from 'eventsource-parser';
import * as z from 'zod';
import { DEFAULT_BACKOFF, DEFAULT_POLL_INTERVAL } from '../../electron/fal/connection.ts';
import type { FalConnection } from '../../electron/fal/connection.ts';
import { localHostsSchema } from '../../electron/fal/hosts.ts';
import { stream } from '../../electron/fal/stream.ts';
import { createTransport } from '../../electron/fal/transport/transport.ts';
import { DIRECT } from '../../electron/fal/transport/ways.ts';
import { parseEndpointId } from '../../shared/fal/endpoint-id.ts';
import { officialClient } from '../conformance/official.ts';
import { CLOCK_ID, steadyNow } from '../local-fal/clock.ts';
import { KEY } from './server.ts';

/**
 * One client in a thread of its own: each message is answered with the figures of one more round, in milliseconds from the
 * moment the server wrote to the moment the client was told.
 */

// As in the app.
z.config({ jitless: true });

const { work, hosts, inputs } = z
  .object({
    work: z.enum(['stream-ours', 'stream-official', 'stream-bare', 'queue-official', 'queue-bare']),
    hosts: localHostsSchema,
    /** What each round asks for, one after another. */
    inputs: z.array(z.record(z.string(), z.number())),
  })
  .parse(workerData);

const clockSchema = z.object({ steady: z.number(), wall: z.number() });

let round = 0;
const works = {
  'stream-ours': ourStream,
  'stream-official': officialStream,
  'stream-bare': bareStream,
  'queue-official': officialQueue,
  'queue-bare': bareQueue,
};

parentPort?.on('message', () => {
  const input = inputs[round % inputs.length] ?? {};
  round += 1;
  void works[work](input).then((figures) => parentPort?.postMessage(figures));
});

const since = (data: unknown): number => steadyNow() - clockSchema.parse(data).steady;

async function ourStream(input: Record<string, number>): Promise<number[]> {
  const endpoint = parseEndpointId(CLOCK_ID);
  if (endpoint === null) throw new Error('unreachable');
  const connection: FalConnection = {
    hosts,
    credentials: () => KEY,
    ...createTransport({ waysTo: () => Promise.resolve([DIRECT]) }),
    backoff: DEFAULT_BACKOFF,
    pollInterval: DEFAULT_POLL_INTERVAL,
    userAgent: 'bench/0',
  };
  const figures: number[] = [];
  for await (const event of stream(connection, endpoint, input, {}, new AbortController().signal)) {
    if (event.kind === 'event') figures.push(since(event.data));
    if (event.kind === 'failed') throw new Error(event.error.title);
  }
  return figures;
}

/** The official client's own iterator. */
async function officialStream(input: Record<string, number>): Promise<number[]> {
  const figures: number[] = [];
  const events = await officialClient(hosts).stream(CLOCK_ID, { input });
  for await (const event of events) figures.push(since(event));
  return figures;
}

/** What a socket reads, as far as the end of each event. */
function bareStream(input: Record<string, number>): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const url = new URL(`${hosts.run}/${CLOCK_ID}/stream`);
    const body = JSON.stringify(input);
    const figures: number[] = [];
    const socket = connect(Number(url.port), url.hostname);
    socket.setNoDelay(true).setEncoding('utf8');
    socket.write(
      `POST ${url.pathname} HTTP/1.1\r\nhost: ${url.host}\r\nauthorization: Key ${KEY}\r\n` +
        `content-type: application/json\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${body}`,
    );
    socket.on('data', (text: string) => {
      for (const [, json = ''] of text.matchAll(/^data: (.*)$/gm)) figures.push(since(JSON.parse(json)));
    });
    socket.once('error', reject).once('close', () => resolve(figures));
  });
}

async function officialQueue(input: Record<string, number>): Promise<number[]> {
  const client: FalClient = officialClient(hosts);
  const { data } = await client.subscribe(CLOCK_ID, { input });
  return [Date.now() - clockSchema.parse(data).wall];
}

/** The status stream, read as it comes, and the result as soon as it says so. */
async function bareQueue(input: Record<string, number>): Promise<number[]> {
  const submitted = await exchange('POST', `${hosts.queue}/${CLOCK_ID}`, JSON.stringify(input));
  const { request_id: id } = z.object({ request_id: z.string() }).parse(JSON.parse(submitted));
  const address = `${hosts.queue}/${CLOCK_ID}/requests/${id}`;
  await new Promise<void>((resolve) => {
    const parser = createParser({ onEvent: ({ data }) => data.includes('COMPLETED') && resolve() });
    const asked = request(`${address}/status/stream`, { headers: { authorization: `Key ${KEY}` } });
    asked.once('response', (response) => {
      response.setEncoding('utf8').on('data', (text: string) => parser.feed(text));
    });
    asked.end();
  });
  const output = JSON.parse(await exchange('GET', address));
  return [Date.now() - clockSchema.parse(output).wall];
}

function exchange(method: string, url: string, body?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const asked = request(url, {
      method,
      headers: { authorization: `Key ${KEY}`, 'content-type': 'application/json' },
    });
    asked.once('error', reject).once('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      response.once('end', () => resolve(text));
    });
    asked.end(body);
  });
}
