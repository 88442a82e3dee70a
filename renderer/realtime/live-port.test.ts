import { describe, expect, it } from 'vitest';
import { LIVE_PORT } from '../../shared/ipc/channels.ts';
import { LivePorts } from './live-port.ts';
import type { PortPage } from './live-port.ts';

const ORIGIN = 'app://bundle';
type Listener = Parameters<PortPage['addEventListener']>[1];

function open(): {
  readonly ports: LivePorts;
  readonly deliver: (session: number, change?: Partial<Parameters<Listener>[0]>) => MessagePort;
} {
  const listeners: Listener[] = [];
  const page: PortPage = {
    origin: ORIGIN,
    addEventListener: (_type, listener) => void listeners.push(listener),
  };
  const ports = new LivePorts(page);
  const deliver = (session: number, change: Partial<Parameters<Listener>[0]> = {}): MessagePort => {
    const { port2 } = new MessageChannel();
    const event = {
      source: page,
      origin: ORIGIN,
      data: { type: LIVE_PORT, session },
      ports: [port2],
      ...change,
    };
    for (const listener of listeners) listener(event);
    return port2;
  };
  return { ports, deliver };
}

/** Resolves when the port is closed; a test that waits in vain times out. */
const closed = (port: MessagePort): Promise<unknown> =>
  new Promise((resolve) => port.addEventListener('close', resolve));

describe('LivePorts', () => {
  it('matches a port that comes after its session was named', () => {
    const { ports, deliver } = open();
    const taken: MessagePort[] = [];
    ports.claim().named(1, (port) => taken.push(port));
    expect(taken).toEqual([]);
    const port = deliver(1);
    expect(taken).toEqual([port]);
    port.close();
  });

  it('matches a port that comes before', () => {
    const { ports, deliver } = open();
    const taken: MessagePort[] = [];
    const claim = ports.claim();
    const port = deliver(1);
    claim.named(1, (one) => taken.push(one));
    expect(taken).toEqual([port]);
    port.close();
  });

  it('gives each of two sessions its own', () => {
    const { ports, deliver } = open();
    const taken: [string, MessagePort][] = [];
    const a = ports.claim();
    const b = ports.claim();
    const [second, first] = [deliver(2), deliver(1)];
    a.named(1, (port) => taken.push(['a', port]));
    b.named(2, (port) => taken.push(['b', port]));
    expect(taken).toEqual([
      ['a', first],
      ['b', second],
    ]);
    first.close();
    second.close();
  });

  it('closes what nobody waits for: given up before its port, before its name, or never asked for', async () => {
    const { ports, deliver } = open();
    const never = (): void => expect.unreachable();

    await closed(deliver(1));

    const late = ports.claim();
    late.named(2, never);
    late.giveUp();
    await closed(deliver(2));

    const unnamed = ports.claim();
    const early = deliver(3);
    const gone = closed(early);
    unnamed.giveUp();
    await gone;
    unnamed.named(3, never);

    const other = ports.claim();
    const stray = closed(deliver(4));
    other.named(5, never);
    await stray;
  });

  it.each([
    ['another window', { source: {} }],
    ['another origin', { origin: 'https://fal.ai' }],
    ['another message', { data: { type: 'hello', session: 1 } }],
    ['no session', { data: { type: LIVE_PORT } }],
    ['a session that is no number', { data: { type: LIVE_PORT, session: '1' } }],
    ['no object', { data: LIVE_PORT }],
    ['no port', { ports: [] }],
  ])('takes nothing from %s', (_what, change) => {
    const { ports, deliver } = open();
    ports.claim().named(1, () => expect.unreachable());
    deliver(1, change).close();
  });
});
