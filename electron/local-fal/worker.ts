import { parentPort, workerData } from 'node:worker_threads';
import { startLocalFal } from './server.ts';
import { isObject } from './http.ts';

/**
 * The demo in a worker thread, so that painting never holds the main process. Posts `ready` with the
 * hosts or `error` with a message; a `close` message ends it.
 */
async function main(port: NonNullable<typeof parentPort>): Promise<void> {
  const data: unknown = workerData;
  const pace = isObject(data) ? data['pace'] : undefined;
  try {
    const server = await startLocalFal(typeof pace === 'number' ? { pace } : {});
    port.on('message', (message: unknown) => {
      if (!isObject(message) || message['type'] !== 'close') return;
      void server.close().then(() => port.close());
    });
    port.postMessage({ type: 'ready', hosts: server.hosts });
  } catch (error) {
    port.postMessage({ type: 'error', message: error instanceof Error ? error.message : String(error) });
    port.close();
  }
}

if (parentPort) void main(parentPort);
