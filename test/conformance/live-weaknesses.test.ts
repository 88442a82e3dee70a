import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { connect, ENDPOINT, liveFal } from '../../electron/fal/realtime/realtime.fixture.ts';
import type { TestFal } from '../local-fal/index.ts';
import { officialSocket } from '../bench/official-socket.ts';
import { officialClient } from './official.ts';

/** Live sessions in which the official client fails, and ours beside it. */

let fal: TestFal;
beforeEach(async () => {
  const own = globalThis.WebSocket;
  onTestFinished(() => void (globalThis.WebSocket = own));
  fal = await liveFal();
  officialSocket(fal.hosts.ws);
});

interface Theirs {
  readonly send: (n: number) => void;
  readonly close: () => void;
  readonly results: unknown[];
  readonly errors: string[];
}

function theirs(): Theirs {
  const [results, errors]: [unknown[], string[]] = [[], []];
  const connection = officialClient(fal.hosts).realtime.connect(ENDPOINT, {
    throttleInterval: 0,
    onResult: (result) => void results.push(result),
    onError: (error) => void errors.push(error.message),
  });
  return { send: (n) => connection.send({ n }), close: () => connection.close(), results, errors };
}

test('one’s own close: theirs is an error, ours is silent', async () => {
  const official = theirs();
  official.send(1);
  await vi.waitUntil(() => official.results.length === 1);
  official.close();
  await vi.waitUntil(() => official.errors.length > 0);
  expect(official.errors[0]).toContain('Error closing the connection');

  const { live, told, send } = connect(fal);
  send(1);
  await told.until(() => told.answers.length === 1);
  live.close();
  await vi.waitUntil(() => fal.live().sessions.every(({ closed }) => closed !== null));
  expect(told.steps.every(({ error }) => error === null)).toBe(true);
  expect(told.refused).toEqual([]);
});

test('a connection that is lost with an input on its way: theirs is gone, ours is sent again', async () => {
  fal.setFaults(['live-hold']);
  const official = theirs();
  official.send(1);
  await vi.waitUntil(() => fal.live().sessions.at(-1)?.inputs === 1);
  fal.closeSessions(1011);
  await vi.waitUntil(() => official.errors.length > 0);

  const { told, send } = connect(fal);
  send(2);
  await vi.waitUntil(() => fal.live().sessions.length === 2 && fal.live().sessions.at(-1)?.inputs === 1);
  fal.closeSessions(1011);
  fal.setFaults([]);
  await told.until(() => told.answers.length === 1);
  expect(told.answers[0]?.output).toEqual({ echo: { n: 2 } });
  // Time enough for two connections of ours; theirs opened none.
  expect(fal.live().sessions).toHaveLength(3);
  expect(official.results).toEqual([]);
});
