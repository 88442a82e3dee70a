/**
 * What the wire protocol says, row by row, and the test that shows ours keeping to it: a file and a part of the test's
 * title. A row without one says why. `rows.test.ts` sees that each test is there.
 */
export type Row =
  readonly [row: string, file: string, title: string] | { readonly row: string; readonly why: string };

const RUN = 'electron/fal/run.test.ts';
const QUEUE = 'electron/fal/queue.test.ts';
const RETRY = 'electron/fal/retry.test.ts';
const TYPES = 'electron/fal/error-types.test.ts';
const FAILURES = 'electron/fal/failures.test.ts';
const FAULTS = 'test/conformance/faults.test.ts';
const OPTIONS = 'electron/fal/request-options.test.ts';
const FOLLOW = 'electron/fal/follow.test.ts';
const PUSHED = 'electron/fal/status-stream.test.ts';
const SUBSCRIBE = 'electron/fal/subscribe.test.ts';
const STREAM = 'electron/fal/stream.test.ts';
const LIVE = 'electron/fal/realtime/realtime.test.ts';
const PASS = 'electron/fal/realtime/realtime-pass.test.ts';
const MODES = 'electron/fal/realtime/modes.test.ts';
const CODEC = 'electron/fal/realtime/codec.test.ts';
const SAME = 'test/conformance/requests.test.ts';
const LIVE_SAME = 'test/conformance/live-requests.test.ts';
const WEAK = 'test/conformance/weaknesses.test.ts';
const UPLOADS = 'test/conformance/uploads.test.ts';
const UPLOAD = 'electron/fal/storage/upload.test.ts';
const UPLOAD_PARTS = 'electron/fal/storage/multipart.test.ts';
const SOURCE = 'electron/fal/storage/source.test.ts';
const INPUTS = 'electron/fal/storage/model-input.test.ts';

export const ROWS: readonly Row[] = [
  ['§3 request: POST of the bare input to the whole id', RUN, 'posts the bare input to the whole id'],
  {
    row: '§3 empty input: no body for an undefined one',
    why: 'an input of ours is always an object; without fields it is `{}`, as both clients send for an empty one',
  },
  ['§3 headers of a run', SAME, 'run with a start time-out and a lifecycle'],
  ['§3 response: output, and the id in a header', RUN, 'gives the output with its request id'],
  ['§3 response: no id in a header', RUN, 'an answer of type'],
  ['§3 body by its content type', RUN, 'an answer of type'],
  ['§3 client time-out', RUN, 'a limit of one’s own'],
  ['§3 retries', RUN, 'a call is sent again only where no runner had it'],
  ['§3 disconnect cancels the work', RUN, 'an abort drops the connection at once'],
  ['§3 unknown sub-path', 'electron/local-fal/hillside.test.ts', 'Path /nope not found'],

  ['§4.1 webhook and queue length in the address', OPTIONS, 'webhook and queue length are in the address'],
  ['§4.1 a queue that is too long: 429', OPTIONS, 'a queue that is too long does not take it'],
  ['§4.1 priority, hint, start time-out', OPTIONS, 'what an option becomes'],
  ['§4.1 extra headers, options before them', OPTIONS, 'an option comes before a header'],
  ['§4.1 client time-out', OPTIONS, 'a limit of ours that runs out leaves it unconfirmed'],
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
  ['§4.1 URLs with the full id and /response', SUBSCRIBE, 'URLs in the long form change nothing'],
  ['§4.1 no idempotency key: never sent twice', WEAK, 'the same for a submit'],
  ['§4.2 address and logs of a status', SAME, 'logs`'],
  {
    row: '§4.2 trailing slash, true and false',
    why: 'habits of the Python side; fal takes both, and ours asks as the JavaScript client does',
  },
  ['§4.2 202 and 200: the JSON counts', FOLLOW, 'without a stream it polls to the end'],
  ['§4.2 fields of each state', 'shared/fal/queue.test.ts', 'the queue’s answers are read leniently'],
  ['§4.2 three states only', QUEUE, 'a status that is not one is a protocol error'],
  ['§4.2 logs are cumulative, told once', SUBSCRIBE, 'the id first, each state, the output last'],
  [
    '§4.2 logs and queue_position are always sent',
    'electron/local-fal/queue.test.ts',
    '`logs` always there, cumulative',
  ],
  ['§4.2 unknown request id', FOLLOW, 'a request that fal does not know is gone'],
  ['§4.3 request of the status stream', SAME, "'status stream'"],
  ['§4.3 increments of logs, end after COMPLETED', PUSHED, 'each log line once, the end after COMPLETED'],
  {
    row: '§4.3 token in place of the key',
    why: 'a mode for browsers; the main process holds the key and sends it as a header',
  },
  ['§4.4 result: bare output', SAME, "'result'"],
  ['§4.4 a failed request replays its error', QUEUE, 'the stored answer of a finished request'],
  ['§4.4 cancelled: 499', QUEUE, 'a 499'],
  {
    row: '§4.4 not finished yet',
    why: 'code and body are not settled (§15.1); the status is followed first, and whatever comes is read as any failure',
  },
  ['§4.4 retention: no longer known', FOLLOW, 'that is the last word'],
  ['§4.5 request of a cancel', SAME, "'cancel'"],
  ['§4.5 its four answers', QUEUE, 'cancel and its four answers'],
  ['§4.6 poll interval', FOLLOW, 'does not hammer the server: each round waits'],
  [
    '§4.6 a poll that is never answered',
    'electron/fal/clock.test.ts',
    'a read that is left without an answer is given up',
  ],
  ['§4.6 start limit: 504 of the user', RETRY, 'a 504 of the person’s own start limit'],
  ['§4.6 IN_PROGRESS back to IN_QUEUE', FOLLOW, 'back from IN_PROGRESS to IN_QUEUE is passed on'],

  ['§5 submit, id, states, output', SUBSCRIBE, 'the id first, each state, the output last'],
  ['§5 polling and streaming', SUBSCRIBE, 'by %s'],
  ['§5 updates', SUBSCRIBE, 'a state told again is no news'],
  ['§5 time-out: one cancel', SUBSCRIBE, 'a limit of one’s own stops, cancels'],
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
  ['§5 error in COMPLETED', SUBSCRIBE, 'COMPLETED with an error is a failure'],
  ['§5 options reach the submit', SUBSCRIBE, 'options that cannot be sent'],

  ['§6 request and suffix', STREAM, 'is called at %s'],
  ['§6 Accept', SAME, 'stream of ${endpoint}'],
  ['§6 custom path and headers', STREAM, 'is called at %s'],
  ['§6 automatic upload', INPUTS, 'every call takes files in its input'],
  ['§6 event payload: JSON, and text that is none', STREAM, 'a text that is not JSON'],
  ['§6 final value, end of the body', STREAM, 'the last once more when it is over'],
  ['§6 answers that are no events', STREAM, 'an answer that is no stream'],
  ['§6 HTTP errors', STREAM, 'in the server’s own words, asked once'],
  ['§6 idle time-out', STREAM, 'silence beyond the limit'],
  ['§6 request id', STREAM, 'the last once more when it is over'],
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
  ['§6 (d) errors are part of the reading', STREAM, 'what goes wrong is named'],
  ['§6 (e) split characters', WEAK, 'characters split between pieces'],
  ['§6 (f) never sent again', STREAM, 'an answer lost before its head'],
  ['§6 comment lines', STREAM, 'comments are a sign of life'],

  ['§7.1 token request', LIVE_SAME, 'the token, the address, the first frame and its answer'],
  ['§7.1 token answers', PASS, '%s is read'],
  {
    row: '§7.1 /tokens/realtime',
    why: 'not settled (§14); where /tokens/ is no more the key goes with the handshake, which is tested',
  },
  ['§7.2 address, max_buffering', LIVE_SAME, 'the token, the address, the first frame and its answer'],
  ['§7.2 max_buffering out of its range', LIVE, 'is refused before anything is opened'],
  ['§7.2 the key on the handshake', PASS, 'the key itself opens a socket too'],
  ['§7.3 frames in MessagePack', LIVE_SAME, 'the token, the address, the first frame and its answer'],
  ['§7.3 control messages as text', LIVE, 'unknown control messages are not'],
  ['§7.3 bytes', CODEC, 'bytes stay bytes in MessagePack'],
  ['§7.3 models with JSON', LIVE, 'JSON for models that declare it'],
  ['§7.4 timings', LIVE, 'seconds in the model are told with the answers'],
  ['§7.4 TIMEOUT', LIVE, 'an idle session ends without a word'],
  ['§7.4 x-fal-error', LIVE, 'the model’s own failure refuses the input'],
  ['§7.4 Unauthorized', PASS, 'a token that is refused in the session'],
  ['§7.4 other errors of status', LIVE, 'a status of error in place of an answer'],
  ['§7.4 undecodable', LIVE, 'an answer that cannot be read is said'],
  ['§7.3 what neither codec holds', CODEC, 'what no frame can hold is null'],
  ['§7.3 bytes in JSON', LIVE, 'JSON for models that declare it'],
  ['§7.5 unary: one answer an input', LIVE, 'one token, one socket, answers in order'],
  [
    '§7.5 server streaming: many answers, then the end',
    LIVE,
    'a model that streams answers one input many times',
  ],
  ['§7.5 server streaming: a newer input', LIVE, 'a newer input ends the stream'],
  ['§7.5 client streaming: every input, one answer', MODES, 'every input goes out without an answer'],
  ['§7.5 client streaming: a lost connection', MODES, 'all its inputs are sent again'],
  ['§7.5 both ways', MODES, 'inputs wait for no answer'],
  ['§7.5 both ways: a lost connection', MODES, 'a lost connection does only where nothing has come since'],
  ['§7.5 which mode: the document', 'shared/realtime/realtime.test.ts', 'the codec stands on the path'],
  ['§7.5 an orderly end is TIMEOUT and 1000', LIVE, 'silent, and the next input opens another'],
  ['§7.5 INTERNAL_ERROR and close', MODES, 'an input the model refuses ends the session'],
  ['§7.5 answers that name their input', MODES, 'answers that name their input are that one’s'],
  {
    row: '§7.5 the rest of the runner’s rules',
    why: 'they bind the other side: electron/local-fal/realtime has its own tests',
  },
  ['§7.3 a frame over the limit: an answer', LIVE, 'a frame larger than the limit is refused in words'],
  ['§7.3 a frame over the limit: an input', MODES, 'is refused before it is sent'],
  ['§7.6 opens with the first input', LIVE, 'nothing is opened before the first input'],
  ['§7.6 the newest message survives', LIVE, 'only the newest of the others waits'],
  ['§7.6 reconnects', 'test/conformance/live-weaknesses.test.ts', 'ours is sent again'],
  ['§7.6 one’s own close is no error', 'test/conformance/live-weaknesses.test.ts', 'ours is silent'],
  ['§7.6 tokens that fail', PASS, 'a token endpoint that is down for a while only delays'],
  ['§7.6 close while connecting', PASS, 'also while a socket is still opening'],
  {
    row: '§7.6 reuse by connectionKey',
    why: 'ours has no map of connections: whoever makes one holds it',
  },
  { row: '§7.6 throttle', why: 'the pace is the server’s: one input is out, the newest waits' },
  ['§7.6 refresh', PASS, 'tokens are renewed while the socket lives'],
  { row: '§7.7 HTTP over WebSocket', why: 'used by no public client' },

  ['§8.1 request for a place, the bytes without the key', UPLOADS, "'a file'"],
  ['§8.1 no retry of the bytes', UPLOADS, 'bytes that are refused once'],
  ['§8.1 content type and file name', SOURCE, 'what can be sent'],
  ['§8.2 at 90 MiB, and a byte more', UPLOADS, 'a byte more, in parts'],
  ['§8.2 parts of 10 MiB, in any order', UPLOAD_PARTS, 'the parts are the file'],
  ['§8.2 tag in the body or the header', UPLOAD_PARTS, 'a tag in the header alone'],
  ['§8.2 retry of a part', UPLOAD_PARTS, 'a part that goes wrong is sent again by itself'],
  ['§8.2 complete, without the key', UPLOAD_PARTS, 'they are named in their order'],
  ['§8.3 expiresIn', 'electron/fal/lifecycle.test.ts', 'each word of fal’s'],
  ['§8.3 initialAcl', UPLOADS, 'a byte more, in parts'],
  ['§8.3 header on uploads', UPLOADS, 'a file with a lifecycle'],
  ['§8.3 header on calls', UPLOADS, 'the lifecycle of a call'],
  ['§8.3 validation', UPLOAD, 'a lifecycle that cannot be'],
  {
    row: '§8.4 Python’s own ways',
    why: 'a token of the CDN and its own parts: the ways of §8.1 and §8.2 take every file',
  },
  ['§8.5 files inside an input', UPLOADS, 'a file of an input becomes its address in both'],
  ['§8.5 what is left as it came', INPUTS, 'what is no file is left as it came'],
  ['§8.5 parallel without a limit', UPLOADS, 'many files: theirs all at once'],
  ['§8.5 the same Blob twice', UPLOADS, 'theirs sends twice'],
  ['§8.5 lifecycle is not forwarded', UPLOADS, 'the lifecycle of a call'],
  {
    row: '§8.6 limits of a model’s inputs',
    why: 'the model’s own to say: what it refuses comes as a 422 on its field',
  },

  ['§9.1 Authorization', 'electron/fal/hosts.test.ts', 'who gets the key'],
  ['§9.1 never from one’s own headers', OPTIONS, 'what is the connection’s is left out'],
  ['§9.1 x-fal-request-timeout', OPTIONS, 'start time-out, a part'],
  ['§9.1 x-fal-queue-priority', OPTIONS, "'priority'"],
  ['§9.1 x-fal-runner-hint', OPTIONS, "'hint'"],
  ['§9.1 x-fal-object-lifecycle-preference', OPTIONS, 'lifecycle with readers'],
  ['§9.1 X-Fal-Object-Lifecycle', UPLOADS, 'a file with a lifecycle'],
  ['§9.1 X-Fal-Store-IO', OPTIONS, 'store-IO off'],
  ['§9.1 X-Fal-No-Retry', OPTIONS, "'no retry'"],
  ['§9.1 X-Fal-Retry-Config', OPTIONS, 'retries by condition'],
  ['§9.1 x-app-fal-disable-fallback', OPTIONS, 'no fallback'],
  {
    row: '§9.1 x-fal-target-url, x-fal-client-proxy',
    why: 'for a renderer that holds no key; ours asks main',
  },
  {
    row: '§9.1 X-Fal-File-Name, x-fal-cdn-token',
    why: 'of the Python client’s uploads, and inside fal’s apps',
  },
  ['§9.2 x-fal-request-id', 'electron/fal/failures.test.ts', 'the request id is taken from the header'],
  ['§9.2 x-fal-request-timeout-type', RETRY, 'a 504 of the person’s own start limit'],
  ['§9.2 x-fal-error-type', RUN, 'the same, told in a header'],
  ['§9.2 X-Fal-Retryable', WEAK, 'X-Fal-Retryable: false'],
  {
    row: '§9.2 X-Fal-Needs-Retry',
    why: 'seen with 429 alone, which is sent again in any case; its meaning elsewhere is not settled',
  },
  {
    row: '§9.2 billable units, runner hints, served from',
    why: 'nothing we do depends on them',
  },

  [
    '§10.1 validation and model: a list of places',
    FAILURES,
    'fields come through, unreadable ones are left out',
  ],
  ['§10.1 request and platform: a text and a type', FAILURES, '503 with a type in the body'],
  ['§10.1 the app’s own exception: a text', FAILURES, 'an app’s own words'],
  ['§10.1 words of the queue', FAILURES, 'a queue word'],
  ['§10.1 422 with a text', FAILURES, '422 with a text'],
  ['§10.2 every type of a model’s error', TYPES, 'the types of a model’s errors'],
  ['§10.2 retryable', WEAK, 'X-Fal-Retryable: false'],
  ['§10.3 every type of a request’s error', TYPES, 'the types of a request’s errors'],
  ['§10.3 not again where the time-out is the user’s', RETRY, 'a 504 of the person’s own start limit'],
  ['§10.3 too many at once: 429', TYPES, 'concurrent_requests_limit'],
  ['§10.3 a locked account: 403 with a text', FAILURES, 'a locked account'],
  ['§10.4 the message is the server’s own', WEAK, 'the text of a %i'],
  ['§10.4 status, id, time-out type', FAILURES, 'the request id is taken from the header'],
  ['§10.4 answers that are no JSON', FAILURES, 'a page in place of fal'],
  ['§10.5 delay: doubled, capped, with chance', RETRY, 'the growing wait with its quarter of chance'],
  ['§10.5 codes of failed connections', RETRY, 'the cause chain is walked'],
  ['§10.5 never after an abort', RETRY, 'nothing more is sent'],
  ['§10.5 abort during the wait', RETRY, 'ends the wait before the next try at once'],
  ['§10.5 tries and codes of each call', FAULTS, "['calls', CALLS]"],
  ['§10.5 run and submit: not the official client’s codes', WEAK, 'theirs pays twice, ours asks'],
  ['§10.5 Retry-After', WEAK, 'Retry-After'],
  ['§10.5 a result that is a replay', QUEUE, 'is read once and not asked for again'],
  {
    row: '§10.6 408 and 409 are tried again',
    why: 'a habit of the Python client; no call of fal’s is known to answer so and mean it',
  },
  ['§10.6 answers of a gateway alone', FAULTS, "['calls', CALLS]"],
  ['§10.6 504 with any time-out type', FAILURES, '504 of the person’s limit'],
  ['§10.6 a lost answer', RETRY, 'the connection is reset after the request was read'],
];
