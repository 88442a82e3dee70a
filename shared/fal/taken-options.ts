import type { Method } from '../runs/methods.ts';

const QUEUE = 'Only for requests that go through the queue';
const NOT_STREAMED = 'A stream begins at once, past the queue';
const NO_EVENTS = 'A direct call is silent until it is answered';

/** What a method does not take, and why (fal-protocol §4.1, §6, §9.1). */
const NOT_TAKEN: Readonly<Record<Method, ReadonlyMap<string, string>>> = {
  queue: new Map(),
  direct: new Map([
    ['priority', QUEUE],
    ['noRetry', QUEUE],
    ['retryTimeout', QUEUE],
    ['retryServerError', QUEUE],
    ['retryConnectionError', QUEUE],
    ['maxQueueLength', QUEUE],
    ['webhookUrl', QUEUE],
    ['stallTimeout', NO_EVENTS],
  ]),
  stream: new Map([
    ['priority', QUEUE],
    ['noRetry', QUEUE],
    ['retryTimeout', QUEUE],
    ['retryServerError', QUEUE],
    ['retryConnectionError', QUEUE],
    ['maxQueueLength', QUEUE],
    ['webhookUrl', QUEUE],
    ['hint', NOT_STREAMED],
    ['startTimeout', NOT_STREAMED],
  ]),
};

/** Why a method does not take an option; null where it does. */
export function notTaken(method: Method, name: string): string | null {
  return NOT_TAKEN[method].get(name) ?? null;
}
