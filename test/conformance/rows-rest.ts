import type { Row } from './rows.ts';

/** The rows of fal-protocol §8 to §10. */

const RUN = 'electron/fal/run.test.ts';
const QUEUE = 'electron/fal/queue.test.ts';
const RETRY = 'electron/fal/retry.test.ts';
const TYPES = 'electron/fal/error-types.test.ts';
const FAILURES = 'electron/fal/failures.test.ts';
const FAULTS = 'test/conformance/faults.test.ts';
const OPTIONS = 'electron/fal/request-options.test.ts';
const SAME = 'test/conformance/requests.test.ts';
const WEAK = 'test/conformance/weaknesses.test.ts';
const UPLOADS = 'test/conformance/uploads.test.ts';
const UPLOAD = 'electron/fal/storage/upload.test.ts';
const UPLOAD_PARTS = 'electron/fal/storage/multipart.test.ts';
const SOURCE = 'electron/fal/storage/source.test.ts';
const INPUTS = 'electron/fal/storage/model-input.test.ts';

export const OTHER_ROWS: readonly Row[] = [
  ['§8.1 request for a place, the bytes without the key', UPLOADS, 'a file'],
  [
    '§8.1 no retry of the bytes',
    UPLOADS,
    'bytes that are refused once: theirs fails, ours asks for another place',
  ],
  ['§8.1 content type and file name', SOURCE, 'what can be sent'],
  ['§8.2 at 90 MiB, and a byte more', UPLOADS, 'a byte more, in parts'],
  [
    '§8.2 parts of 10 MiB, in any order',
    UPLOAD_PARTS,
    'the parts are the file, and only its place is asked for with the key',
  ],
  ['§8.2 tag in the body or the header', UPLOAD_PARTS, 'a tag in the header alone'],
  ['§8.2 retry of a part', UPLOAD_PARTS, 'a part that goes wrong is sent again by itself'],
  [
    '§8.2 complete, without the key',
    UPLOAD_PARTS,
    'four parts are on their way at once, and never more; they are named in their order',
  ],
  ['§8.3 expiresIn', 'shared/fal/lifecycle.test.ts', 'each word of fal’s for a time: %s'],
  ['§8.3 initialAcl', UPLOADS, 'a byte more, in parts'],
  ['§8.3 header on uploads', UPLOADS, 'a file with a lifecycle'],
  ['§8.3 header on calls', UPLOADS, 'the lifecycle of a call is not said of its files by theirs'],
  ['§8.3 validation', UPLOAD, 'a lifecycle that cannot be'],
  {
    row: '§8.4 Python’s own ways',
    why: 'a token of the CDN and its own parts: the ways of §8.1 and §8.2 take every file',
  },
  [
    '§8.5 files inside an input',
    UPLOADS,
    'a file of an input becomes its address in both; one that stands twice theirs sends twice',
  ],
  ['§8.5 what is left as it came', INPUTS, 'what is no file is left as it came'],
  ['§8.5 parallel without a limit', UPLOADS, 'many files: theirs all at once, ours a few'],
  [
    '§8.5 the same Blob twice',
    UPLOADS,
    'a file of an input becomes its address in both; one that stands twice theirs sends twice',
  ],
  ['§8.5 lifecycle is not forwarded', UPLOADS, 'the lifecycle of a call is not said of its files by theirs'],
  {
    row: '§8.6 limits of a model’s inputs',
    why: 'the model’s own to say: what it refuses comes as a 422 on its field',
  },

  ['§9.1 Authorization', 'electron/fal/hosts.test.ts', 'who gets the key (fal-protocol §1.2)'],
  ['§9.1 never from one’s own headers', OPTIONS, 'what is the connection’s is left out'],
  ['§9.1 x-fal-request-timeout', OPTIONS, 'start time-out, a part'],
  ['§9.1 x-fal-queue-priority', OPTIONS, 'priority'],
  ['§9.1 x-fal-runner-hint', OPTIONS, 'hint'],
  ['§9.1 x-fal-object-lifecycle-preference', OPTIONS, 'lifecycle with readers'],
  ['§9.1 X-Fal-Object-Lifecycle', UPLOADS, 'a file with a lifecycle'],
  ['§9.1 X-Fal-Store-IO', OPTIONS, 'store-IO off'],
  ['§9.1 X-Fal-No-Retry', OPTIONS, 'no retry'],
  ['§9.1 X-Fal-Retry-Config', OPTIONS, 'retries by condition'],
  ['§9.1 x-app-fal-disable-fallback', OPTIONS, 'no fallback'],
  ['§9.1 Accept', SAME, '$name'],
  {
    row: '§9.1 x-fal-target-url, x-fal-client-proxy',
    why: 'for a renderer that holds no key; ours asks main',
  },
  {
    row: '§9.1 X-Fal-File-Name, x-fal-cdn-token, x-app-fal-can-disable-filter',
    why: 'of the Python client’s uploads, and inside fal’s apps',
  },
  ['§9.2 x-fal-request-id', 'electron/fal/failures.test.ts', 'the request id is taken from the header'],
  [
    '§9.2 x-fal-request-timeout-type',
    RETRY,
    'a 504 of the person’s own start limit is a time-out, known for certain',
  ],
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
  ['§9.2 total size of response headers', SAME, 'headers as large as fal lets them be are read'],

  [
    '§10.1 validation and model: a list of places',
    FAILURES,
    'fields come through, unreadable ones are left out, several messages are all told',
  ],
  ['§10.1 request and platform: a text and a type', FAILURES, '503 with a type in the body'],
  ['§10.1 the app’s own exception: a text', FAILURES, 'an app’s own words'],
  ['§10.1 words of the queue', FAILURES, 'a queue word'],
  ['§10.1 422 with a text', FAILURES, '422 with a text'],
  ['§10.2 every type of a model’s error', TYPES, 'the types of a model’s errors (fal-protocol §10.2)'],
  ['§10.2 retryable', WEAK, 'X-Fal-Retryable: false'],
  ['§10.3 every type of a request’s error', TYPES, 'the types of a request’s errors (fal-protocol §10.3)'],
  [
    '§10.3 not again where the time-out is the user’s',
    RETRY,
    'a 504 of the person’s own start limit is a time-out, known for certain',
  ],
  ['§10.3 too many at once: 429', TYPES, 'concurrent_requests_limit with a %i'],
  ['§10.3 a locked account: 403 with a text', FAILURES, 'a locked account'],
  ['§10.4 the message is the server’s own', WEAK, 'the text of a %i'],
  ['§10.4 status, id, time-out type', FAILURES, 'the request id is taken from the header'],
  ['§10.4 answers that are no JSON', FAILURES, 'a page in place of fal'],
  [
    '§10.5 delay: doubled, capped, with chance',
    RETRY,
    'Retry-After in seconds or as a date, within a minute; else the growing wait with its quarter of chance',
  ],
  [
    '§10.5 codes of failed connections',
    RETRY,
    'the cause chain is walked, and several addresses must all have failed before sending',
  ],
  [
    '§10.5 never after an abort',
    RETRY,
    'ends the wait before the next try at once, and nothing more is sent',
  ],
  [
    '§10.5 abort during the wait',
    RETRY,
    'ends the wait before the next try at once, and nothing more is sent',
  ],
  ['§10.5 tries and codes of each call', FAULTS, 'calls'],
  ['§10.5 run and submit: not the official client’s codes', WEAK, '%s: theirs pays twice, ours asks'],
  ['§10.5 Retry-After', WEAK, 'Retry-After'],
  ['§10.5 a result that is a replay', QUEUE, '%s is read once and not asked for again: it cannot change'],
  {
    row: '§10.6 408 and 409 are tried again',
    why: 'a habit of the Python client; no call of fal’s is known to answer so and mean it',
  },
  ['§10.6 answers of a gateway alone', FAULTS, 'calls'],
  ['§10.6 504 with any time-out type', FAILURES, '504 of the person’s limit'],
  ['§10.6 a lost answer', RETRY, 'the connection is reset after the request was read'],
  [
    '§10.6 a wait that ran out is not begun again',
    OPTIONS,
    'a limit of ours that runs out leaves it unconfirmed: it may have been taken',
  ],
];
