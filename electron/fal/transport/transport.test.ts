import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { CERTIFICATE, portOf, startFront } from '../../../test/network/fal-front.ts';
import { PROXY_CERTIFICATE, startConnectProxy, startSocksProxy } from '../../../test/network/proxies.ts';
import type { ConnectProxyOptions, TestProxy } from '../../../test/network/proxies.ts';
import type { TestFal } from '../../../test/local-fal/index.ts';
import { MediaStore } from '../../history/media-store.ts';
import { liveModel } from '../../local-fal/realtime/testing.ts';
import type { FalConnection } from '../connection.ts';
import { connectionTo, deadAddress, idOf, model, never, startFal, value } from '../fal.fixture.ts';
import { FAL_HOSTS } from '../hosts.ts';
import { submit } from '../queue.ts';
import { connect, ECHO } from '../realtime/realtime.fixture.ts';
import { run } from '../run.ts';
import { sendBytes } from '../storage/send-bytes.ts';
import { upload } from '../storage/upload.ts';
import { stream } from '../stream.ts';
import { subscribe } from '../subscribe.ts';
import { createTransport } from './transport.ts';
import type { Transport } from './transport.ts';
import { readPac } from './ways.ts';

const BIRD = idOf('acme/bird');
const LIVE = 'acme/echo/realtime';
const KEY = 'demo:demo';

let fal: TestFal;
let front: number;
beforeEach(async () => {
  fal = await startFal({
    extraModels: [
      { ...model('acme/bird', (input) => ({ echo: input })), streams: true },
      liveModel(LIVE, ECHO),
    ],
  });
  const fronted = await startFront(fal.hosts);
  onTestFinished(fronted.close);
  front = fronted.port;
});

async function proxy(options: Omit<ConnectProxyOptions, 'to'> = {}, socks = false): Promise<TestProxy> {
  const started = await (socks ? startSocksProxy : startConnectProxy)({ to: front, ...options });
  onTestFinished(started.close);
  return started;
}

/** A transport of a system that answers so for every address. */
const transportOf = (pac: string, over: { readonly limit?: number } = {}): Transport =>
  createTransport({
    waysTo: () => Promise.resolve(readPac(pac)),
    authorities: () => [CERTIFICATE],
    ...over,
  });
/** fal itself, by its own names: only a proxy finds it here. */
const by = (transport: Transport): FalConnection => connectionTo(FAL_HOSTS, { ...transport });
const runBy = (transport: Transport) => run(by(transport), BIRD, { n: 1 }, {}, never());

/** One byte of an upload. */
function sendBy(transport: Transport, signal: AbortSignal): ReturnType<typeof sendBytes> {
  const url = new URL('https://v3.fal.media/x');
  const body = Readable.from([Buffer.from('x')]);
  const agent = transport.agentFor(url);
  return sendBytes({ method: 'PUT', url, headers: {}, body, length: 1, agent, signal, stallLimit: 1e9 });
}

async function fileOf(text: string) {
  const dir = mkdtempSync(join(tmpdir(), 'transport-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  writeFileSync(join(dir, 'a.txt'), text);
  return {
    dir,
    file: { kind: 'path', path: join(dir, 'a.txt') } as const,
  };
}

/** Every kind of call the client makes, each by its own host. */
async function everything(transport: Transport): Promise<void> {
  const connection = by(transport);
  expect(await run(connection, BIRD, { n: 1 }, {}, never())).toMatchObject({
    value: { data: { echo: { n: 1 } } },
  });
  let last;
  for await (const event of stream(connection, BIRD, {}, {}, never())) last = event;
  expect(last).toMatchObject({ kind: 'ended' });
  for await (const event of subscribe(connection, BIRD, { n: 2 }, {}, never())) last = event;
  expect(last).toMatchObject({ kind: 'done', data: { echo: { n: 2 } } });
  const { told, send } = connect({ hosts: FAL_HOSTS }, { via: { ...transport } });
  send(3);
  await told.until(() => told.answers.length === 1);
  const { dir, file } = await fileOf('the bytes of a file');
  const url = value(await upload(connection, file, { signal: never() }));
  expect(url).toMatch(/^https:\/\/v3\.fal\.media\//);
  const media = new MediaStore(dir);
  await media.open();
  const { fetch } = transport;
  const stored = await media.fetch(url, { fetch, signal: never(), allowLoopback: false, claimedType: null });
  expect(stored).toMatchObject({ value: { bytes: 19 } });
}

describe('everything goes by the proxy that the system names', () => {
  const ALL = ['fal.run:443', 'queue.fal.run:443', 'rest.fal.ai:443', 'v3.fal.media:443'];

  test('CONNECT: runs, streams, sockets, uploads and downloads, and the key never in clear', async () => {
    const through = await proxy();
    await everything(transportOf(`PROXY ${through.place}`));
    expect([...new Set(through.asked)].toSorted()).toEqual(ALL);
    for (const secret of [KEY, 'Key ', 'fal_jwt_token', 'the bytes'])
      expect(through.heard()).not.toContain(secret);
  });

  test.each(['localhost', '127.0.0.1'])('CONNECT over TLS, to %s', async (name) => {
    const through = await proxy({ secure: true });
    const place = through.place.replace('127.0.0.1', name);
    const over = { waysTo: () => Promise.resolve(readPac(`HTTPS ${place}`)) };
    const both = createTransport({ ...over, authorities: () => [CERTIFICATE, PROXY_CERTIFICATE] });
    expect(await runBy(both)).toMatchObject({ ok: true });
    expect(through.asked).toEqual(['fal.run:443']);
    const one = createTransport({ ...over, authorities: () => [CERTIFICATE] });
    expect(await runBy(one)).toMatchObject({ error: { title: `The proxy ${place} does not answer` } });
    expect(through.asked).toEqual(['fal.run:443']);
  });

  test('SOCKS, names left to the proxy', async () => {
    const through = await proxy({ user: 'me:word' }, true);
    const { host, port } = { host: '127.0.0.1', port: Number(through.place.split(':')[1]) };
    const user = { name: 'me', password: 'word' };
    await everything(
      createTransport({
        waysTo: () => Promise.resolve([{ kind: 'socks5', host, port, user }]),
        authorities: () => [CERTIFICATE],
      }),
    );
    expect([...new Set(through.asked)].toSorted()).toEqual(ALL);
    expect(through.heard()).not.toContain(KEY);
  });

  test('connections are kept for the next call', async () => {
    const through = await proxy();
    const transport = transportOf(`PROXY ${through.place}`);
    for (let n = 0; n < 5; n += 1) expect(await runBy(transport)).toMatchObject({ ok: true });
    // Twice: the first was before the system's authorities were asked for.
    expect(through.asked).toEqual(['fal.run:443', 'fal.run:443']);
  });

  test('this computer’s own addresses are reached straight', async () => {
    const through = await proxy();
    const connection = connectionTo(fal.hosts, { ...transportOf(`PROXY ${through.place}`) });
    expect(await run(connection, BIRD, {}, {}, never())).toMatchObject({ ok: true });
    expect(through.asked).toEqual([]);
  });

  test('a host whose certificate nobody vouches for is not spoken to, and nothing was sent', async () => {
    const through = await proxy();
    const transport = createTransport({
      waysTo: () => Promise.resolve(readPac(`PROXY ${through.place}`)),
      authorities: () => [],
    });
    const failed = await submit(by(transport), BIRD, {}, never());
    expect(failed).toMatchObject({ error: { kind: 'network', title: 'No connection to queue.fal.run' } });
    expect(fal.requests()).toEqual([]);
  });
});

describe('ways are tried in their order', () => {
  test('one that is dead is passed over, and comes last from then on', async () => {
    const dead = new URL(await deadAddress()).host;
    const through = await proxy();
    const transport = transportOf(`PROXY ${dead}; SOCKS5 ${dead}; PROXY ${through.place}; DIRECT`);
    expect(await runBy(transport)).toMatchObject({ ok: true });
    const again = await submit(by(transport), BIRD, {}, never());
    expect(again).toMatchObject({ ok: true });
    expect([...new Set(through.asked)]).toEqual(['fal.run:443', 'queue.fal.run:443']);
  });

  test('one that keeps us waiting is asked no second time while there is another', async () => {
    const mute = await proxy({ mute: true });
    const through = await proxy();
    const transport = transportOf(`PROXY ${mute.place}; PROXY ${through.place}`, { limit: 100 });
    expect(await runBy(transport)).toMatchObject({ ok: true });
    const before = mute.asked.length;
    expect(await submit(by(transport), BIRD, {}, never())).toMatchObject({ ok: true });
    expect(mute.asked).toHaveLength(before);
  });

  test('one that is there has the last word', async () => {
    const strict = await proxy({ user: 'me:word' });
    const open = await proxy();
    const failed = await runBy(transportOf(`PROXY ${strict.place}; PROXY ${open.place}`));
    expect(failed).toMatchObject({ ok: false });
    expect(open.asked).toEqual([]);
  });
});

describe('a proxy that is in the way is named, and nothing is sent twice', () => {
  test('407: a call is not tried again, and every other way of ours says the same', async () => {
    const strict = await proxy({ user: 'me:word' });
    const transport = transportOf(`PROXY ${strict.place}`);
    const title = `The proxy ${strict.place} asks for a password`;
    expect(await runBy(transport)).toMatchObject({
      error: { kind: 'network', title, detail: 'HTTP 407 Proxy Authentication Required' },
    });
    expect(strict.asked).toHaveLength(1);
    let last;
    for await (const event of stream(by(transport), BIRD, {}, {}, never())) last = event;
    expect(last).toMatchObject({ kind: 'failed', error: { title } });
    expect(await submit(by(transport), BIRD, {}, never())).toMatchObject({ error: { title } });
    const { file, dir } = await fileOf('x');
    expect(await upload(by(transport), file, { signal: never() })).toMatchObject({
      ok: false,
    });
    const media = new MediaStore(dir, { tries: 1, base: 1, cap: 1 });
    await media.open();
    const { fetch } = transport;
    const from = { fetch, signal: never(), allowLoopback: false, claimedType: null };
    const stored = await media.fetch('https://v3.fal.media/files/a', from);
    expect(stored).toMatchObject({ error: { kind: 'network', detail: expect.stringContaining(title) } });
    const { told, send } = connect({ hosts: FAL_HOSTS }, { via: { ...transport }, auth: 'key' });
    send(1);
    await told.at('failed');
    expect(told.steps.at(-1)?.error).toMatchObject({ kind: 'network', title });
    expect(fal.requests()).toEqual([]);
  });

  test('with its name and password it is passed', async () => {
    const strict = await proxy({ user: 'me:w@rd' });
    const [host = '', port] = strict.place.split(':');
    const user = { name: 'me', password: 'w@rd' };
    const transport = createTransport({
      waysTo: () => Promise.resolve([{ kind: 'http', host, port: Number(port), user }]),
      authorities: () => [CERTIFICATE],
    });
    expect(await runBy(transport)).toMatchObject({ ok: true });
  });

  test('SOCKS that refuses the name', async () => {
    const strict = await proxy({ user: 'me:word' }, true);
    const [host = '', port] = strict.place.split(':');
    const user = { name: 'me', password: 'wrong' };
    const transport = createTransport({
      waysTo: () => Promise.resolve([{ kind: 'socks5', host, port: Number(port), user }]),
      authorities: () => [CERTIFICATE],
    });
    expect(await runBy(transport)).toMatchObject({
      error: { title: `The proxy ${strict.place} asks for a password` },
    });
  });

  test('a host it lets nobody through to', async () => {
    const strict = await proxy({ refuses: /^queue/ });
    const failed = await submit(by(transportOf(`PROXY ${strict.place}`)), BIRD, {}, never());
    expect(failed).toMatchObject({
      error: {
        kind: 'network',
        title: `The proxy ${strict.place} does not let the connection through`,
        detail: 'HTTP 403 Forbidden',
      },
    });
  });

  test.each(['PROXY', 'SOCKS5', 'SOCKS'])('nobody there: %s', async (word) => {
    const dead = new URL(await deadAddress()).host;
    const failed = await runBy(transportOf(`${word} ${dead}`));
    expect(failed).toMatchObject({ error: { kind: 'network', title: `The proxy ${dead} does not answer` } });
  });

  test('one that takes the connection and says nothing, and a person who does not wait for it', async () => {
    const mute = await proxy({ mute: true });
    const failed = await runBy(transportOf(`PROXY ${mute.place}`, { limit: 50 }));
    expect(failed).toMatchObject({
      error: { title: `The proxy ${mute.place} does not answer`, detail: 'No answer within 0.05 s' },
    });
    const stop = new AbortController();
    const before = mute.asked.length;
    const running = run(by(transportOf(`PROXY ${mute.place}`, { limit: 60_000 })), BIRD, {}, {}, stop.signal);
    await vi.waitUntil(() => mute.asked.length > before);
    stop.abort();
    expect(await running).toMatchObject({ error: { kind: 'cancelled' } });
  });

  test.each(['PROXY', 'HTTPS', 'SOCKS5'])('a stop ends the way through %s at once', async (word) => {
    const line = Promise.withResolvers<Socket>();
    const mute = createServer((socket) => line.resolve(socket.on('error', () => undefined).resume()));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void mute.close());
    const transport = transportOf(`${word} 127.0.0.1:${portOf(mute.address())}`, { limit: 1e9 });
    const stop = new AbortController();
    const sending = sendBy(transport, stop.signal);
    const socket = await line.promise;
    stop.abort();
    expect(await sending).toMatchObject({ error: { error: { kind: 'network' } } });
    await vi.waitUntil(() => socket.destroyed);
  });

  test('a system that does not say which way is not waited for', async () => {
    const waysTo = () => new Promise<never>(() => undefined);
    const { fetch } = createTransport({ waysTo, authorities: () => [], limit: 50 });
    // Straight: a name that is nowhere.
    await expect(fetch('https://nowhere.invalid/')).rejects.toMatchObject({ code: 'ERR_NOT_CONNECTED' });
  });

  test('nor is it by a person who stops', async () => {
    const stop = new AbortController();
    const waysTo = () => {
      stop.abort();
      return new Promise<never>(() => undefined);
    };
    const transport = createTransport({ waysTo, authorities: () => [], limit: 1e9 });
    expect(await sendBy(transport, stop.signal)).toMatchObject({ error: { error: { kind: 'network' } } });
  });

  test('a line that breaks before the host was heard: nothing was sent, so nothing is unconfirmed', async () => {
    const deaf = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => deaf.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void deaf.close());
    const broken = await startConnectProxy({ to: portOf(deaf.address()) });
    onTestFinished(broken.close);
    const failed = await submit(by(transportOf(`PROXY ${broken.place}`)), BIRD, {}, never());
    expect(failed).toMatchObject({ error: { kind: 'network', title: 'No connection to queue.fal.run' } });
  });

  test('one that dies under a call: what was sent is unconfirmed, and a session comes back', async () => {
    const dying = await proxy();
    const spare = await proxy();
    const transport = transportOf(`PROXY ${dying.place}; PROXY ${spare.place}`);
    const { told, send } = connect({ hosts: FAL_HOSTS }, { via: { ...transport } });
    send(1);
    await told.until(() => told.answers.length === 1);
    fal.setFaults(['live-hold', 'hold:running']);
    send(2);
    await told.until(() => told.sent.length === 2);
    await dying.close();
    fal.setFaults([]);
    await told.until(() => told.answers.length === 2);
    expect(told.answers[1]?.output).toEqual({ echo: { n: 2 } });
    expect(spare.asked).toContain('fal.run:443');
  });
});
