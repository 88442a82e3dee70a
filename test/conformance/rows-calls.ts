import type { Row } from './rows.ts';

/** The rows of fal-protocol §3 to §6. */

const RUN = 'electron/fal/run.test.ts';
const QUEUE = 'electron/fal/queue.test.ts';
const RETRY = 'electron/fal/retry.test.ts';
const TYPES = 'electron/fal/error-types.test.ts';
const OPTIONS = 'electron/fal/request-options.test.ts';
const FOLLOW = 'electron/fal/follow.test.ts';
const PUSHED = 'electron/fal/status-stream.test.ts';
const SUBSCRIBE = 'electron/fal/subscribe.test.ts';
const STREAM = 'electron/fal/stream.test.ts';
const SAME = 'test/conformance/requests.test.ts';
const WEAK = 'test/conformance/weaknesses.test.ts';
const INPUTS = 'electron/fal/storage/model-input.test.ts';

export const CALL_ROWS: readonly Row[] = [
  [
    '§3 request: POST of the bare input to the whole id',
    RUN,
    'posts the bare input to the whole id and gives the output with its request id',
  ],
  {
    row: '§3 empty input: no body for an undefined one',
    why: 'an input of ours is always an object; without fields it is `{}`, as both clients send for an empty one',
  },
  ['§3 headers of a run', SAME, 'run with a start time-out and a lifecycle'],
  [
    '§3 response: output, and the id in a header',
    RUN,
    'posts the bare input to the whole id and gives the output with its request id',
  ],
  ['§3 response: no id in a header', RUN, 'an answer of type %s'],
  ['§3 body by its content type', RUN, 'an answer of type %s'],
  ['§3 client time-out', RUN, 'a limit of one’s own'],
  ['§3 retries', RUN, 'a call is sent again only where no runner had it'],
  ['§3 disconnect cancels the work', RUN, 'an abort drops the connection at once, and with it the work'],
  ['§3 unknown sub-path', 'electron/local-fal/hillside.test.ts', 'unknown sub-paths'],

  [
    '§4.1 webhook and queue length in the address',
    OPTIONS,
    'webhook and queue length are in the address, the path behind the id',
  ],
  ['§4.1 a queue that is too long: 429', OPTIONS, 'a queue that is too long does not take it, and says so'],
  ['§4.1 priority, hint, start time-out', OPTIONS, 'what an option becomes (fal-protocol §4.1, §9.1)'],
  ['§4.1 extra headers, options before them', OPTIONS, 'an option comes before a header'],
  [
    '§4.1 client time-out',
    OPTIONS,
    'a limit of ours that runs out leaves it unconfirmed: it may have been taken',
  ],
  [
    '§4.1 answer: only the id is needed',
    'shared/fal/queue.test.ts',
    'a submit needs its id and nothing else',
  ],
  ['§4.1 answer: any 2xx', TYPES, 'any 2xx is a submit that was taken'],
  {
    row: '§4.1 answer: gateway_request_id',
    why: 'it differs from the request id only after a retry at fal; nothing is followed by it',
  },
  ['§4.1 URLs with the full id and /response', SUBSCRIBE, 'URLs in the long form change nothing, by %s'],
  ['§4.1 no idempotency key: never sent twice', WEAK, 'the same for a submit'],
  ['§4.2 address and logs of a status', SAME, "status ${logs ? 'with' : 'without'} logs"],
  {
    row: '§4.2 trailing slash, true and false',
    why: 'habits of the Python side; fal takes both, and ours asks as the JavaScript client does',
  },
  [
    '§4.2 202 and 200: the JSON counts',
    FOLLOW,
    'without a stream it polls to the end and asks for the stream no more',
  ],
  [
    '§4.2 fields of each state',
    'shared/fal/queue.test.ts',
    'the queue’s answers are read leniently (fal-protocol §4.2, §12.4)',
  ],
  ['§4.2 three states only', QUEUE, 'a status that is not one is a protocol error that tells what came'],
  ['§4.2 logs are cumulative, told once', SUBSCRIBE, 'by %s: the id first, each state, the output last'],
  [
    '§4.2 logs and queue_position are always sent',
    'electron/local-fal/queue.test.ts',
    '202 until COMPLETED, `logs` always there, cumulative, full id and trailing slash tolerated',
  ],
  ['§4.2 unknown request id', FOLLOW, 'a request that fal does not know is gone, and that is the last word'],
  ['§4.3 request of the status stream', SAME, 'status stream'],
  [
    '§4.3 increments of logs, end after COMPLETED',
    PUSHED,
    'every change in order, each log line once, the end after COMPLETED',
  ],
  {
    row: '§4.3 token in place of the key',
    why: 'a mode for browsers; the main process holds the key and sends it as a header',
  },
  ['§4.4 result: bare output', SAME, 'result'],
  [
    '§4.4 a failed request replays its error',
    QUEUE,
    'the stored answer of a finished request (fal-protocol §4.4)',
  ],
  ['§4.4 cancelled: 499', QUEUE, 'a 499 is read once and not asked for again: it cannot change'],
  {
    row: '§4.4 not finished yet',
    why: 'code and body are not settled (§15.1); the status is followed first, and whatever comes is read as any failure',
  },
  [
    '§4.4 retention: no longer known',
    FOLLOW,
    'a request that fal does not know is gone, and that is the last word',
  ],
  ['§4.5 request of a cancel', SAME, 'cancel'],
  ['§4.5 its four answers', QUEUE, 'cancel and its four answers (fal-protocol §4.5)'],
  ['§4.6 poll interval', FOLLOW, 'a stream that always drops does not hammer the server: each round waits'],
  [
    '§4.6 a poll that is never answered',
    'electron/fal/clock.test.ts',
    'a read that is left without an answer is given up and asked again',
  ],
  ['§4.6 overall limit', SUBSCRIBE, 'a limit of one’s own stops, cancels, and says what became of both'],
  ['§4.6 server-side retries', WEAK, 'IN_PROGRESS back to IN_QUEUE'],
  [
    '§4.6 start limit: 504 of the user',
    RETRY,
    'a 504 of the person’s own start limit is a time-out, known for certain',
  ],
  [
    '§4.6 IN_PROGRESS back to IN_QUEUE',
    FOLLOW,
    'back from IN_PROGRESS to IN_QUEUE is passed on (fal-protocol §4.6)',
  ],

  ['§5 submit, id, states, output', SUBSCRIBE, 'by %s: the id first, each state, the output last'],
  ['§5 polling and streaming', SUBSCRIBE, 'by %s: the id first, each state, the output last'],
  ['§5 updates', SUBSCRIBE, 'without logs none is asked for and none told; a state told again is no news'],
  ['§5 time-out: one cancel', SUBSCRIBE, 'a limit of one’s own stops, cancels, and says what became of both'],
  ['§5 time-out while a poll is on its way', SUBSCRIBE, 'also while a poll hangs'],
  ['§5 abort', SUBSCRIBE, 'leaves the request to itself, and says so at once'],
  {
    row: '§5 start time-out taken from the client’s',
    why: 'a habit of the Python client alone; one option that sets another would surprise',
  },
  {
    row: '§5 onEnqueue that throws',
    why: 'ours calls nobody: the id is an event, and whoever reads it may fail without ending the request',
  },
  [
    '§5 error in COMPLETED',
    SUBSCRIBE,
    'COMPLETED with an error is a failure, with all that the result call replays',
  ],
  ['§5 options reach the submit', SUBSCRIBE, 'a submit that fails, or options that cannot be sent'],
  { row: '§5 connectionMode', why: 'who opens the status stream with what, for browsers: as in §4.3' },

  ['§6 request and suffix', STREAM, '%s is called at %s'],
  ['§6 Accept', SAME, 'stream of ${endpoint}'],
  ['§6 custom path and headers', STREAM, '%s is called at %s'],
  ['§6 automatic upload', INPUTS, 'every call takes files in its input, and its lifecycle for them'],
  ['§6 event payload: JSON, and text that is none', STREAM, 'a text that is not JSON'],
  ['§6 final value, end of the body', STREAM, 'each event, and the last once more when it is over'],
  [
    '§6 answers that are no events',
    STREAM,
    'an answer that is no stream: one JSON value, or bytes as they come',
  ],
  ['§6 HTTP errors', STREAM, 'a %i in the server’s own words, asked once'],
  ['§6 idle time-out', STREAM, 'silence beyond the limit, and the connection is dropped'],
  ['§6 request id', STREAM, 'each event, and the last once more when it is over'],
  { row: '§6 token in place of the key', why: 'as in §4.3' },
  ['§6 models without a stream', 'scripts/fal/fal.test.ts', 'a model that has no stream'],
  {
    row: '§6 hint, priority and start time-out do not apply',
    why: 'they are sent where a person asks for them, and fal passes them over: the queue is not in between',
  },
  ['§6 (a) [DONE]', WEAK, '[DONE]'],
  ['§6 (b) values that are nothing', STREAM, 'values that are nothing'],
  {
    row: '§6 (c) reading after the end hangs',
    why: 'ours is a generator, which is done when it is done: every test that reads to the end would hang',
  },
  ['§6 (d) errors are part of the reading', STREAM, 'what goes wrong is named, and what came is kept'],
  ['§6 (e) split characters', WEAK, 'characters split between pieces'],
  ['§6 (f) never sent again', STREAM, 'nobody there, or an answer lost before its head'],
  ['§6 comment lines', STREAM, 'comments are a sign of life; a reader that takes its time is not silence'],
];
