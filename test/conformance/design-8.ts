/**
 * Where the official client falls short, row by row of DESIGN §8, and the test that sees it fail and ours not: a file and the
 * title of a test, or of a `describe`, as it is written there. `rows.test.ts` sees that each is there.
 */
const WEAK = 'test/conformance/weaknesses.test.ts';
const TIMERS = 'test/conformance/frozen-timers.test.ts';
const LIVE = 'test/conformance/live-weaknesses.test.ts';
const UPLOADS = 'test/conformance/uploads.test.ts';

type Shown = readonly [file: string, title: string];

/** By the first cell of the row. */
export const DESIGN_8: Readonly<Record<string, readonly Shown[]>> = {
  'POST whose answer was lost (502, 504, reset, 300 s without headers)': [
    [WEAK, '%s: theirs pays twice, ours asks'],
    [WEAK, 'the same for a submit'],
    [WEAK, 'a head that takes longer than Node’s fetch waits (300 s, here 100 ms)'],
  ],
  'UTF-8 split across SSE chunks': [[WEAK, 'characters split between pieces']],
  'stalled stream': [[WEAK, 'silence beyond the limit']],
  'event delivery': [[TIMERS, 'an event that has come is handed on after 16 ms: theirs; at once: ours']],
  '`[DONE]` or other non-JSON event': [[WEAK, '[DONE]']],
  'COMPLETED with `error`': [[WEAK, 'COMPLETED with an error']],
  'timeout of a followed request': [
    [WEAK, 'a time-out while a poll is on its way'],
    [WEAK, 'a time-out while the status is pushed: theirs ends the whole program'],
  ],
  'queue result': [
    [TIMERS, 'a result that is there is found at the next poll: theirs; told by the status stream: ours'],
  ],
  'live session closes': [
    [LIVE, 'a connection that is lost with an input on its way: theirs is gone, ours is sent again'],
  ],
  'user closes the socket': [[LIVE, 'one’s own close: theirs is an error, ours is silent']],
  'Retry-After, X-Fal-Retryable': [
    [WEAK, 'Retry-After'],
    [WEAK, 'X-Fal-Retryable: false'],
  ],
  '401, 403, 422 text': [[WEAK, 'the text of a %i']],
  'upload over 90 MiB': [
    [UPLOADS, 'a file over 90 MiB: theirs goes part after part, ours four at a time and no more'],
    [UPLOADS, 'a file over 90 MiB: theirs wants the whole of it at hand, ours reads as it is taken'],
    [UPLOADS, 'bytes that are refused once: theirs fails, ours asks for another place'],
  ],
  'endpoint given as URL': [[WEAK, 'an address that looks like fal’s as endpoint']],
  'IN_PROGRESS back to IN_QUEUE': [[WEAK, 'IN_PROGRESS back to IN_QUEUE']],
};
