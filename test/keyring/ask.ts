import { createRequire } from 'node:module';
import { readFile, writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import * as z from 'zod';
import { backendKinds } from '../../electron/keychain/backend.ts';
import type { BackendKind } from '../../electron/keychain/backend.ts';
import { Keychain } from '../../electron/keychain/keychain.ts';
import type { KeyPlaces } from '../../electron/keychain/places.ts';
import { SERVICE, keytarBackend } from '../../electron/keychain/keytar-backend.ts';
import { orderSchema } from './ask.schema.ts';
import type { Order, Report } from './ask.schema.ts';

/**
 * One app's life with the real keytar, in a process and an environment of its own: opens the keychain, does the steps it
 * reads from stdin, and writes what it saw to stdout. Run by `keyring.test.ts`.
 */

const placesSchema = z.record(z.string(), z.enum(backendKinds));
function placesInFile(file: string): KeyPlaces {
  const all = async (): Promise<Record<string, BackendKind>> =>
    placesSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  return {
    get: async (account) => (await all())[account] ?? null,
    set: async (account, place) => {
      const { [account]: _, ...rest } = await all();
      await writeFile(file, JSON.stringify(place === null ? rest : { ...rest, [account]: place }));
    },
  };
}

const READ_LIMIT_MS = 1000;
const everythingSchema = z.object({
  findCredentials: z.custom<(service: string) => Promise<readonly { readonly account: string }[]>>(
    (value) => typeof value === 'function',
  ),
});

async function isReadable(): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(resolve, READ_LIMIT_MS, false);
  void readFile(import.meta.filename).then(() => resolve(true));
  const isRead = await promise;
  clearTimeout(timer);
  return isRead;
}

const order = orderSchema.parse(JSON.parse(await text(process.stdin)));
const backend = (): ReturnType<typeof keytarBackend> =>
  keytarBackend(order.unchecked ? { check: async () => null } : {});
const changes: Report['changes'] = [];
const keychain = new Keychain({
  backends: [backend()],
  places: placesInFile(order.places),
  changed: (state) => changes.push(state),
  ...(order.limitMs === undefined ? {} : { limitMs: order.limitMs }),
});

async function doStep(step: Order['steps'][number]): Promise<unknown> {
  switch (step.do) {
    case 'read':
      return keychain.read(step.account);
    case 'write':
      return keychain.write(step.account, step.secret);
    case 'remove':
      return keychain.remove(step.account);
    case 'stop':
      return process.kill(step.pid, 'SIGSTOP');
    case 'accounts': {
      const keytar: unknown = createRequire(import.meta.url)('keytar');
      const entries = await everythingSchema.parse(keytar).findCredentials(SERVICE);
      return entries.map((entry) => entry.account);
    }
    case 'readFile':
      return isReadable();
    case 'unguarded': {
      const raw = backend();
      for (let n = 0; n < 4; n += 1) void raw.read('a').catch(() => undefined);
      // The calls begin once the module is there, at the latest some turns from now.
      for (let n = 0; n < 20; n += 1) if (!(await isReadable())) return false;
      return true;
    }
  }
}

const started = performance.now();
const opened = await keychain.open();
const openMs = Math.round(performance.now() - started);
const answers: unknown[] = [];
for (const step of order.steps) answers.push(await doStep(step));
const report: Report = { opened, openMs, answers, changes, stuck: keychain.stuck };
process.stdout.write(JSON.stringify(report), () => {
  // What an app in this state has to do; one that is not must be able to end by itself.
  if (keychain.stuck) process.kill(process.pid, 'SIGKILL');
});
