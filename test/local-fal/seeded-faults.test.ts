import { afterEach, expect, test } from 'vitest';
import { call, dig, text } from '../../electron/local-fal/testing.ts';
import { parseFault, startTestFal } from './index.ts';
import type { TestFal } from './index.ts';
import { SeededFaults } from './seeded-faults.ts';

const servers: TestFal[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function start(fault: string): Promise<TestFal> {
  const server = await startTestFal({ pace: 0, faults: [fault] });
  servers.push(server);
  return server;
}

const submit = (server: TestFal) =>
  call(`${server.hosts.queue}/demo/hillside`, { json: { prompt: '', seed: 1 } }).catch(() => null);

/** What came of so many submits, one after the other. */
async function answersOf(server: TestFal, submits: number): Promise<readonly (number | null)[]> {
  const answers: (number | null)[] = [];
  for (let i = 0; i < submits; i += 1) answers.push((await submit(server))?.status ?? null);
  return answers;
}

test('a seed is a number', () => {
  expect(parseFault('chance:7')).toEqual({ name: 'chance', value: '7' });
  expect(() => parseFault('chance:x')).toThrow("Unknown fault 'chance:x'");
});

test('the same seed brings the same fates, another one others', async () => {
  const [one, same, other] = [await start('chance:7'), await start('chance:7'), await start('chance:8')];
  expect(await answersOf(one, 30)).toEqual(await answersOf(same, 30));
  await answersOf(other, 30);
  expect([...one.fates().values()]).toEqual([...same.fates().values()]);
  expect([...one.fates().values()]).not.toEqual([...other.fates().values()].slice(0, one.fates().size));
});

test('every fate comes, and some submits are refused before they are taken', () => {
  const faults = new SeededFaults();
  faults.set(7);
  const fates = Array.from({ length: 200 }, (_, i) => faults.fateOf(String(i)));
  expect(new Set(fates).size).toBe(7);
  const refused = Array.from({ length: 200 }, () => faults.refusal()).filter((answer) => answer !== null);
  expect(refused.length).toBeGreaterThan(10);
  expect(refused.length).toBeLessThan(50);
});

test('a request keeps its fate when chance is taken off, and later ones have none', async () => {
  const server = await start('chance:7');
  await answersOf(server, 20);
  const [id] = [...server.fates()].find(([, fate]) => fate === 'no-stream') ?? [''];
  server.setFaults([]);
  const stream = await call(`${server.hosts.queue}/demo/hillside/requests/${id}/status/stream`);
  expect(stream.status).toBe(404);
  const before = server.fates().size;
  const later = await submit(server);
  expect(text(dig(later?.body, 'request_id'))).not.toBe('');
  expect(server.fates().size).toBe(before);
});
