import type { Exchange } from '../../electron/local-fal/index.ts';
import type { Faults } from './faults.ts';
import type { RequestLog } from './request-log.ts';

/** `{url}/_local/…`: how a test in another process switches faults and counts requests. */
export async function handleControl(exchange: Exchange, faults: Faults, log: RequestLog): Promise<void> {
  switch (`${exchange.method} ${exchange.path}`) {
    case 'GET _local/faults':
      return reply(exchange, 200, faults.names);
    case 'PUT _local/faults':
      return switchFaults(exchange, faults);
    case 'GET _local/requests':
      return reply(exchange, 200, log.list());
    case 'DELETE _local/requests':
      log.clear();
      return reply(exchange, 200, []);
    default:
      return reply(exchange, 404, { detail: 'Not Found' });
  }
}

async function switchFaults(exchange: Exchange, faults: Faults): Promise<void> {
  try {
    const names: unknown = JSON.parse(await readText(exchange));
    const texts = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
    if (!Array.isArray(names) || texts.length !== names.length) throw new Error('Expected a list of names');
    faults.set(texts);
    reply(exchange, 200, faults.names);
  } catch (error) {
    reply(exchange, 422, { detail: error instanceof Error ? error.message : String(error) });
  }
}

async function readText(exchange: Exchange): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of exchange.request) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

function reply(exchange: Exchange, status: number, body: unknown): void {
  exchange.response.writeHead(status, { 'content-type': 'application/json' });
  exchange.response.end(JSON.stringify(body));
}
