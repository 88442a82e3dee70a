import type { Exchange } from '../../electron/local-fal/index.ts';
import type { Faults } from './faults.ts';
import type { LiveLog } from './live-log.ts';
import type { RequestLog } from './request-log.ts';

export type Controlled = { readonly faults: Faults; readonly log: RequestLog; readonly live: LiveLog };

/** `{url}/_local/…`: how a test in another process switches faults, counts requests and ends sessions. */
export async function handleControl(exchange: Exchange, controlled: Controlled): Promise<void> {
  const { faults, log, live } = controlled;
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
    case 'GET _local/live':
      return reply(exchange, 200, live.list());
    case 'DELETE _local/live':
      live.clear();
      return reply(exchange, 200, live.list());
    case 'POST _local/live/close':
      return closeSessions(exchange, faults);
    case 'POST _local/live/send':
      return tellSessions(exchange, faults);
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

/** `{"code":1011,"reason":"…"}`; 1005 closes without a code, 1006 without a word. Answers how many. */
async function closeSessions(exchange: Exchange, faults: Faults): Promise<void> {
  try {
    const asked: unknown = JSON.parse(await readText(exchange));
    const code = at(asked, 'code');
    const reason = at(asked, 'reason');
    if (typeof code !== 'number') throw new Error('Expected a code');
    reply(exchange, 200, faults.live.closeAll(code, typeof reason === 'string' ? reason : ''));
  } catch (error) {
    reply(exchange, 422, { detail: error instanceof Error ? error.message : String(error) });
  }
}

/** The body goes to every open session as a text frame. Answers to how many. */
async function tellSessions(exchange: Exchange, faults: Faults): Promise<void> {
  try {
    const message: unknown = JSON.parse(await readText(exchange));
    reply(exchange, 200, faults.live.tellAll(message));
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

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}
