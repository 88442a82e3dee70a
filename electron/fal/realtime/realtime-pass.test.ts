import { createServer } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { appError } from '../../../shared/fal/errors.ts';
import { liveModel } from '../../local-fal/realtime/testing.ts';
import { deadAddress, json, serve, startFal } from '../fal.fixture.ts';
import type { WireObject } from './codec.ts';
import { connect, ECHO, ENDPOINT, liveFal } from './realtime.fixture.ts';

describe('the pass', () => {
  test.each(['live-token:detail', 'live-token:token'])('%s is read', async (fault) => {
    const fal = await liveFal({ faults: [fault] });
    const { told, send } = connect(fal);
    send(1);
    await told.until(() => told.answers.length === 1);
    expect(fal.live().sessions).toMatchObject([{ token: 'valid' }]);
  });

  test('a token that is refused in the session is fetched anew, once, and the input sent again', async () => {
    const fal = await liveFal({ faults: ['live-unauthorized:0'] });
    const { told, send } = connect(fal);
    send(1);
    await told.until(() => fal.live().sessions.length === 2);
    fal.setFaults([]);
    await told.until(() => told.answers.length === 1 || told.steps.at(-1)?.step === 'failed');
    expect(fal.live().tokens.length).toBeGreaterThanOrEqual(2);
  });

  test('refused twice it is given up, with what to do', async () => {
    const fal = await liveFal({ faults: ['live-refuse:401'] });
    const { told, send } = connect(fal);
    send(1);
    await told.at('failed');
    expect(told.steps.at(-1)?.error).toMatchObject({ kind: 'auth' });
    expect(fal.live().sessions).toHaveLength(2);
    fal.setFaults([]);
    // What waits is sent as soon as the person tries again; new inputs alone change nothing.
    send(2);
    expect(told.steps.at(-1)?.step).toBe('failed');
  });

  test('retry goes on from failed with the newest input', async () => {
    const fal = await liveFal({ faults: ['live-refuse:403'] });
    const { live, told, send } = connect(fal);
    send(1);
    await told.at('failed');
    fal.setFaults([]);
    send(2);
    live.retry();
    await told.until(() => told.answers.length === 1);
    expect(told.marks).toEqual([2]);
  });

  test('a key that fal refuses for tokens fails at once', async () => {
    const fal = await liveFal({ faults: ['live-token:401'] });
    const { told, send } = connect(fal);
    send(1);
    await told.at('failed');
    expect(told.steps.at(-1)?.error?.kind).toBe('auth');
  });

  test('a token endpoint that is down for a while only delays', async () => {
    const fal = await liveFal({ faults: ['live-token:500'] });
    const { told, send } = connect(fal);
    send(1);
    await told.at('waiting');
    fal.setFaults([]);
    await told.until(() => told.answers.length === 1);
    expect(told.sent).toEqual([1]);
  });

  test('a token whose time is over is not shown again, and the live socket does not mind', async () => {
    const fal = await liveFal();
    // So short a life is over, by our own margin, as soon as it is told.
    const { told, send } = connect(fal, { tokenSeconds: 1 });
    send(1);
    await told.until(() => told.answers.length === 1);
    send(2);
    await told.until(() => told.answers.length === 2);
    expect(fal.live().sessions).toHaveLength(1);
    fal.closeSessions(1006);
    await told.at('idle');
    send(3);
    await told.until(() => told.answers.length === 3);
    expect(fal.live().sessions.map(({ token }) => token)).toEqual(['valid', 'valid']);
    expect(fal.live().tokens.length).toBeGreaterThanOrEqual(2);
  });

  test('a token that has run out in spite of that is replaced, and the input sent again', async () => {
    const fal = await liveFal({ faults: ['live-expiry:1'] });
    const { told, send } = connect(fal);
    send(1);
    await told.until(() => fal.live().sessions.length > 0);
    fal.setFaults([]);
    await told.until(() => told.answers.length === 1 || told.steps.at(-1)?.step === 'failed');
    expect(told.steps.at(-1)?.step).toBe('live');
    expect(fal.live().tokens.length).toBeGreaterThanOrEqual(1);
  });

  test('tokens are renewed while the socket lives, without touching it', async () => {
    const fal = await liveFal();
    const { told, send } = connect(fal, { tokenSeconds: 2 });
    send(1);
    await told.until(() => told.answers.length === 1);
    while (fal.live().tokens.length < 3) await new Promise((resolve) => setImmediate(resolve));
    send(2);
    await told.until(() => told.answers.length === 2);
    expect(fal.live().sessions).toHaveLength(1);
  });

  test('the key itself opens a socket too, where the token call is not what it was', async () => {
    const fal = await liveFal();
    const { told, send } = connect(fal, { auth: 'key' });
    send(1);
    await told.until(() => told.answers.length === 1);
    expect(fal.live()).toMatchObject({ tokens: [], sessions: [{ authorization: 'valid', token: 'none' }] });
  });

  test('a token refused with nothing to send costs no other; a key denied while idle is not used again', async () => {
    const fal = await liveFal();
    const { live, told, send } = connect(fal);
    send(1);
    await told.until(() => told.answers.length === 1);
    fal.tellSessions({ status: 'error', error: 'Unauthorized' });
    await told.at('idle');
    expect(fal.live().tokens).toHaveLength(1);
    live.deny(appError('auth', 'Removed'));
    expect(told.steps.at(-1)).toMatchObject({ step: 'failed', error: { title: 'Removed' } });
    send(2);
    expect(fal.live().sessions).toHaveLength(1);
  });

  test('what was on its way when the key was denied does not stand in the way afterwards', async () => {
    const fal = await liveFal({ faults: ['live-hold'] });
    const { live, told, send } = connect(fal);
    send(1);
    await told.until(() => told.sent.length === 1);
    live.deny(appError('auth', 'Removed'));
    fal.setFaults([]);
    send(2);
    live.retry();
    await told.until(() => told.marks.includes(2));
    expect(told.sent).toEqual([1, 2]);
  });

  test('a token that no address can hold fails in words', async () => {
    const fal = await serve((response) => json(response, 200, '\ud800'));
    const { told, send } = connect({ hosts: fal.hosts });
    send(1);
    await told.at('waiting');
    expect(told.steps.at(-1)?.error?.title).toContain('no token');
  });

  test('an input that no frame can hold is refused, and the next is sent', async () => {
    const fal = await liveFal();
    const { told, send } = connect(fal);
    let deep: WireObject = {};
    for (let i = 0; i < 200; i += 1) deep = { deep };
    send(1, deep);
    await told.until(() => told.refused.length === 1);
    expect(told.refused[0]).toMatchObject({ input: { mark: 1 }, error: { kind: 'input' } });
    send(2);
    await told.until(() => told.answers.length === 1);
    expect(told.sent).toEqual([2]);
  });

  test('a key that is gone ends in words', async () => {
    const fal = await liveFal();
    const { told, send } = connect(fal, { via: { credentials: () => null } });
    send(1);
    await told.at('failed');
    expect(told.steps.at(-1)?.error?.kind).toBe('auth');
    expect(fal.live().tokens).toEqual([]);
  });
});

describe('no way there', () => {
  test('no realtime endpoint: said so, not tried again', async () => {
    const fal = await startFal({ extraModels: [liveModel('acme/other/realtime', ECHO)] });
    const { told, send } = connect(fal);
    send(1);
    await told.at('failed');
    expect(told.steps.at(-1)?.error).toMatchObject({ kind: 'not_found' });
    expect(fal.live().sessions).toHaveLength(1);
  });

  test('nobody there: tried again until somebody is, the newest input first', async () => {
    const url = await deadAddress();
    const told = await (async () => {
      const fal = await liveFal();
      const live = connect(fal, {
        auth: 'key',
        via: { hosts: { ...fal.hosts, ws: `${url.replace('http', 'ws')}/ws` } },
      });
      live.send(1);
      await live.told.at('waiting');
      live.send(2);
      const later = await liveFal({ port: Number(new URL(url).port) });
      await live.told.until(() => live.told.answers.length === 1);
      expect(later.live().sessions).toHaveLength(1);
      return live.told;
    })();
    expect(told.marks).toEqual([2]);
  });

  test('in vain for too long it is given up, and retry begins anew', async () => {
    const url = await deadAddress();
    const fal = await liveFal();
    const { live, told, send } = connect(fal, {
      auth: 'key',
      limits: { giveUp: 1 },
      via: { hosts: { ...fal.hosts, ws: `${url.replace('http', 'ws')}/ws` } },
    });
    send(1);
    await told.at('failed');
    expect(told.steps.at(-1)?.error?.kind).toBe('network');
    const count = told.steps.length;
    live.retry();
    await told.until(() => told.steps.length > count && told.steps.at(-1)?.step === 'failed');
  });

  test('a server that takes the connection and says nothing ends by the limit', async () => {
    const mute = createServer((socket) => socket.on('error', () => undefined));
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void mute.close());
    const address = mute.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const fal = await liveFal();
    const { told, send } = connect(fal, {
      auth: 'key',
      limits: { open: 50 },
      via: { hosts: { ...fal.hosts, ws: `ws://127.0.0.1:${address.port}/ws` } },
    });
    send(1);
    await told.at('waiting');
    expect(told.steps.at(-1)?.error?.kind).toBe('network');
  });
});

describe('close', () => {
  test('is in good order and silent, also while a socket is still opening', async () => {
    const fal = await liveFal();
    const { live, told, send } = connect(fal);
    send(1);
    await told.at('connecting');
    live.close();
    expect(told.steps.at(-1)).toEqual({ step: 'closed', error: null });
    const open = connect(fal);
    open.send(1);
    await open.told.until(() => open.told.answers.length === 1);
    open.live.close();
    while (fal.live().sessions.some(({ status, closed }) => status === 101 && closed === null))
      await new Promise((resolve) => setImmediate(resolve));
    expect(fal.live().sessions.at(-1)?.closed?.code).toBe(1000);
    open.send(2);
    expect(open.told.steps.at(-1)?.step).toBe('closed');
  });
});

test('the owner’s way to the network is taken for the socket', async () => {
  const fal = await liveFal();
  const asked: string[] = [];
  const { told, send } = connect(fal, { via: { agentFor: (url) => void asked.push(url.pathname) } });
  send(1);
  await told.until(() => told.answers.length === 1);
  expect(asked).toEqual([`/ws/${ENDPOINT}`]);
});

test('nobody at the socket’s address: said as such, and tried again', async () => {
  const fal = await liveFal();
  const dead = await deadAddress();
  const { told, send } = connect({ hosts: { ...fal.hosts, ws: dead.replace('http:', 'ws:') } });
  send(1);
  await told.at('waiting');
  expect(told.steps.at(-1)?.error).toMatchObject({ kind: 'network', title: 'No connection to fal' });
  expect(told.steps.at(-1)?.error?.detail).toContain('ECONNREFUSED');
});
