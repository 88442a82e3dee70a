import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { readCatalogue, readDocument, readPrice } from '../../electron/fal/catalogue.ts';
import type { FalConnection } from '../../electron/fal/connection.ts';
import type { Endpoint } from '../../electron/fal/endpoint.ts';
import { upload } from '../../electron/fal/storage.ts';
import { SNIFF_BYTES, typeOfUnclaimed } from '../../electron/history/sniff.ts';
import { appError } from '../../shared/fal/errors.ts';
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

/** null where fal names no price. */
export async function askPrice({ connection, output, signal }: Asked, endpoint: Endpoint): Promise<Ending> {
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

/** The file's type is what its bytes say. */
export async function sendFile({ connection, invocation, output, signal }: Asked): Promise<Ending> {
  const path = invocation.target;
  let file;
  try {
    const handle = await open(path);
    try {
      const head = Buffer.alloc(SNIFF_BYTES);
      const { bytesRead } = await handle.read(head, 0, SNIFF_BYTES, 0);
      const contentType = await typeOfUnclaimed(head.subarray(0, bytesRead));
      file = { path, bytes: (await handle.stat()).size, contentType, fileName: basename(path) };
    } finally {
      await handle.close();
    }
  } catch (error) {
    return appError('storage', 'The file cannot be read', { detail: String(error) });
  }
  const sent = await upload(connection, file, { signal, allowLoopback: invocation.hosts !== null });
  if (!sent.ok) return sent.error;
  output.result(null, sent.value);
  return null;
}
