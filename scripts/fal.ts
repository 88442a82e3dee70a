import { createInterface } from 'node:readline';
import { DEFAULT_BACKOFF, DEFAULT_POLL_INTERVAL } from '../electron/fal/connection.ts';
import type { FalConnection } from '../electron/fal/connection.ts';
import { readEndpoint } from '../electron/fal/endpoint.ts';
import { FAL_HOSTS, readLocalHosts } from '../electron/fal/hosts.ts';
import { createTransport } from '../electron/fal/transport/transport.ts';
import { waysOfEnvironment } from '../electron/fal/transport/ways.ts';
import { environmentKey } from '../electron/profiles/key-text.ts';
import { appError } from '../shared/fal/errors.ts';
import { assertNever } from '../shared/result.ts';
import { readArguments } from './fal/arguments.ts';
import type { Invocation } from './fal/arguments.ts';
import {
  callCancel,
  callResult,
  callRun,
  callStatus,
  callStream,
  callSubmit,
  callSubscribe,
} from './fal/calls.ts';
import { readInput } from './fal/input.ts';
import { limited } from './fal/limited.ts';
import { talk, traitsFor } from './fal/live.ts';
import { errorLine, outputTo } from './fal/output.ts';
import type { Ending, Output } from './fal/output.ts';
import { askModels, askPrice, askSchema, sendFile } from './fal/reads.ts';
import { verifyDelivery } from './fal/verify.ts';

/** The client from a shell: one command, its output as JSON lines, one error line on stderr. */

async function main(output: Output, signal: AbortSignal): Promise<Ending> {
  const read = readArguments(process.argv.slice(2));
  if (!read.ok) return read.error;
  const invocation = read.value;
  const waysTo = waysOfEnvironment(process.env);
  if (!waysTo.ok) return waysTo.error;
  const transport = createTransport({ waysTo: waysTo.value });
  const hosts =
    invocation.hosts === null ? FAL_HOSTS : await readLocalHosts(invocation.hosts, transport.fetch);
  if (hosts === null)
    return appError('network', 'No fal-compatible server answers there', {
      detail: invocation.hosts ?? '',
      hint: '--hosts is the address that `npm run --silent local-fal` prints as "url", on this computer.',
    });
  const key = environmentKey(process.env)?.secret ?? null;
  const connection: FalConnection = {
    hosts,
    credentials: () => key,
    ...transport,
    backoff: DEFAULT_BACKOFF,
    pollInterval: DEFAULT_POLL_INTERVAL,
    userAgent: 'fal-playground-cli',
  };
  return limited(invocation, signal, (stopping) => carryOut(invocation, connection, output, stopping));
}

async function carryOut(
  invocation: Invocation,
  connection: FalConnection,
  output: Output,
  signal: AbortSignal,
): Promise<Ending> {
  const { method, target, options, live } = invocation;
  const asked = { connection, invocation, output, signal };
  if (method === 'upload') return sendFile(asked);
  if (method === 'models') return askModels(asked);
  if (method === 'verify-webhook') return verifyDelivery(asked);
  const endpoint = readEndpoint(target, connection.hosts);
  if (!endpoint.ok) return endpoint.error;
  const call = { ...asked, endpoint: endpoint.value };
  switch (method) {
    case 'schema':
      return askSchema(asked, endpoint.value);
    case 'price':
      return askPrice(asked, endpoint.value);
    case 'status':
      return callStatus(call);
    case 'result':
      return callResult(call);
    case 'cancel':
      return callCancel(call);
    case 'realtime': {
      const traits = await traitsFor(connection, endpoint.value, live, signal);
      // Not before: lines that come while nobody asks for them are lost.
      const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
      return talk({ ...call, lines, options: { path: options.path, ...live, ...traits } });
    }
    case 'run':
    case 'stream':
    case 'submit':
    case 'subscribe': {
      const input = await readInput(invocation.input);
      if (!input.ok) return input.error;
      const calls = { run: callRun, stream: callStream, submit: callSubmit, subscribe: callSubscribe };
      return calls[method](call, input.value);
    }
    default:
      return assertNever(method);
  }
}

const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const)
  process.on(name, () => {
    stop.abort();
    process.stdin.destroy();
  });
// Whoever reads may have read enough.
process.stdout.on('error', () => process.exit(1));

const ending = await main(
  outputTo((line) => void process.stdout.write(line)),
  stop.signal,
).catch((error: unknown) => appError('internal', 'The command failed', { detail: String(error) }));
if (ending !== null) process.stderr.write(errorLine(ending));
process.exitCode = ending === null ? 0 : 1;
// A pipe that nobody closes must not keep a command that is done.
process.stdin.destroy();
