import { open, stat } from 'node:fs/promises';
import { readCatalogue } from '../../electron/fal/catalogue.ts';
import type { FalConnection } from '../../electron/fal/connection.ts';
import { readDocument } from '../../electron/fal/document.ts';
import type { Endpoint } from '../../electron/fal/endpoint.ts';
import { estimateCost, readPrice } from '../../electron/fal/pricing.ts';
import { MOST_IN_ONE, upload } from '../../electron/fal/storage/upload.ts';
import { SNIFF_BYTES, typeOfUnclaimed } from '../../electron/history/sniff.ts';
import type { Invocation } from './arguments.ts';
import type { Ending, Output } from './output.ts';

export interface Asked {
  readonly connection: FalConnection;
  readonly invocation: Invocation;
  readonly output: Output;
  readonly signal: AbortSignal;
}

export async function askSchema({ connection, output, signal }: Asked, endpoint: Endpoint): Promise<Ending> {
  const document = await readDocument(connection, endpoint, signal);
  if (!document.ok) return document.error;
  output.result(null, document.value);
  return null;
}

/** The price of a unit, null where fal names none; of so many calls or units, what they would cost together. */
export async function askPrice(
  { connection, invocation, output, signal }: Asked,
  endpoint: Endpoint,
): Promise<Ending> {
  const { estimate } = invocation;
  if (estimate !== null) {
    const cost = await estimateCost(connection, estimate.counted, [[endpoint, estimate.count]], signal);
    if (!cost.ok) return cost.error;
    output.result(null, { ...cost.value });
    return null;
  }
  const price = await readPrice(connection, endpoint, signal);
  if (!price.ok) return price.error;
  output.result(null, price.value === null ? null : { ...price.value });
  return null;
}

export async function askModels({ connection, invocation, output, signal }: Asked): Promise<Ending> {
  const models = await readCatalogue(connection, signal, invocation.target);
  if (!models.ok) return models.error;
  output.result(
    null,
    models.value.map(({ endpoint_id, metadata }) => ({ endpoint_id, metadata: { ...metadata } })),
  );
  return null;
}

/** The file's type is what its bytes say. One that takes a while says how far it is, at each tenth. */
export async function sendFile({ connection, invocation, output, signal }: Asked): Promise<Ending> {
  const path = invocation.target;
  const { stallTimeout } = invocation.options;
  let told = 0;
  const source = { kind: 'path', path, contentType: await typeOfFile(path) } as const;
  const sent = await upload(connection, source, {
    signal,
    lifecycle: invocation.options.lifecycle,
    ...(stallTimeout === undefined ? {} : { stallLimit: stallTimeout * 1000 }),
    progress: (done, total) => {
      const tenth = Math.floor((done * 10) / total);
      if (total <= MOST_IN_ONE || tenth <= told) return;
      told = tenth;
      output.sent(done, total);
    },
  });
  if (!sent.ok) return sent.error;
  output.result(null, sent.value);
  return null;
}

/** Unknown where it cannot be read: what is wrong with the file is the client's to say. */
async function typeOfFile(path: string): Promise<string | undefined> {
  // To open what is no file may wait for ever.
  if (!(await stat(path).catch(() => null))?.isFile()) return undefined;
  const handle = await open(path).catch(() => null);
  if (handle === null) return undefined;
  try {
    const head = Buffer.alloc(SNIFF_BYTES);
    const { bytesRead } = await handle.read(head, 0, SNIFF_BYTES, 0);
    return await typeOfUnclaimed(head.subarray(0, bytesRead));
  } catch {
    return undefined;
  } finally {
    await handle.close();
  }
}
