import { expect, test } from 'vitest';
import { appError } from '../fal/errors.ts';
import type { Money } from '../runs/asked.ts';
import type { RunState } from '../runs/run.ts';
import { spendOf } from './spend.ts';

const price = { amount: 0.1, unit: 'images', currency: 'EUR' };
const usd = (amount: number) => ({ amount, currency: 'USD' });
const eur = (amount: number) => ({ amount, currency: 'EUR' });
const times = { created: 1, submitted: 1, queued: 1, started: null, ended: null, inferenceSeconds: null };

const PLAIN = { method: 'queue', requestId: 'r', origin: 'queue', times } as const;
const known: Money = { estimate: eur(0.4), price, billableUnits: 3 };
const guessed: Money = { ...known, billableUnits: null };
const blank: Money = { estimate: null, price: null, billableUnits: null };

const succeeded: RunState = { kind: 'succeeded' };
const running: RunState = { kind: 'running', trouble: null };
const failed: RunState = { kind: 'failed', error: appError('model', 'No') };
const lost: RunState = { kind: 'lost', error: appError('lost', 'Gone') };
const cancelled: RunState = { kind: 'cancelled', word: 'OK' };
const unsent: RunState = { kind: 'cancelled', word: null };
const waiting: RunState = { kind: 'waiting', rank: 1, held: false };
const held: RunState = { kind: 'waiting', rank: 1, held: true };

test.each([
  ['what fal charged', { state: succeeded, money: known }, eur(0.3)],
  ['nothing where fal charged no units', { state: failed, money: { ...known, billableUnits: 0 } }, eur(0)],
  [
    'no units, though the price is not known',
    { state: failed, money: { ...blank, billableUnits: 0 } },
    usd(0),
  ],
  ['what is on its way', { state: running, money: guessed }, eur(0.4)],
  ['what waits', { state: waiting, money: guessed, requestId: null }, eur(0.4)],
  ['nothing of what is held', { state: held, money: guessed, requestId: null }, eur(0)],
  ['what was reckoned where fal does not say', { state: succeeded, money: guessed }, eur(0.4)],
  ['a failure that fal may charge', { state: failed, money: guessed }, eur(0.4)],
  ['a failure before it was sent', { state: failed, money: guessed, requestId: null }, eur(0)],
  [
    'a direct call that failed',
    { state: failed, money: guessed, requestId: null, method: 'direct' },
    eur(0.4),
  ],
  ['what may be charged though it is lost', { state: lost, money: guessed }, eur(0.4)],
  ['what was cancelled before it began', { state: cancelled, money: guessed }, eur(0)],
  [
    'what was cancelled at work',
    { state: cancelled, money: guessed, times: { ...times, started: 2 } },
    eur(0.4),
  ],
  ['what was never sent', { state: unsent, money: guessed, requestId: null }, eur(0)],
  ['a stream that was cut', { state: unsent, money: guessed, method: 'stream' }, eur(0.4)],
  ['what nothing is known of', { state: succeeded, money: blank }, null],
  ['a free model', { state: succeeded, money: { ...blank, price: { ...price, amount: 0 } } }, eur(0)],
  ['a kept frame', { state: succeeded, money: blank, origin: 'live' }, usd(0)],
  ['units beyond all counting', { state: succeeded, money: { ...known, billableUnits: 1e301 } }, eur(0.4)],
  [
    'a price below nothing',
    { state: succeeded, money: { ...known, price: { ...price, amount: -1 } } },
    eur(0.4),
  ],
] as const)('counts %s', (_, run, amount) => {
  expect(spendOf({ ...PLAIN, ...run })).toEqual(amount);
});
