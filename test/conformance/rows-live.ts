import type { Row } from './rows.ts';

/** The rows of fal-protocol §7. */

const LIVE = 'electron/fal/realtime/realtime.test.ts';
const PASS = 'electron/fal/realtime/realtime-pass.test.ts';
const MODES = 'electron/fal/realtime/modes.test.ts';
const CODEC = 'electron/fal/realtime/codec.test.ts';
const LIVE_SAME = 'test/conformance/live-requests.test.ts';

export const LIVE_ROWS: readonly Row[] = [
  ['§7.1 token request', LIVE_SAME, 'the token, the address, the first frame and its answer'],
  ['§7.1 token answers', PASS, '%s is read'],
  {
    row: '§7.1 /tokens/realtime',
    why: 'not settled (§14); where /tokens/ is no more the key goes with the handshake, which is tested',
  },
  ['§7.2 address, max_buffering', LIVE_SAME, 'the token, the address, the first frame and its answer'],
  ['§7.2 max_buffering out of its range', LIVE, 'max_buffering %s is refused before anything is opened'],
  [
    '§7.2 the key on the handshake',
    PASS,
    'the key itself opens a socket too, where the token call is not what it was',
  ],
  {
    row: '§7.2 ws_connect',
    why: 'a bare socket without a protocol, of the Python client alone; the path of ours can be chosen',
  },
  ['§7.3 frames in MessagePack', LIVE_SAME, 'the token, the address, the first frame and its answer'],
  [
    '§7.3 control messages as text',
    LIVE,
    'seconds in the model are told with the answers, unknown control messages are not',
  ],
  ['§7.3 bytes', CODEC, 'bytes stay bytes in MessagePack and become a data URI in JSON'],
  ['§7.3 models with JSON', LIVE, 'JSON for models that declare it'],
  ['§7.4 timings', LIVE, 'seconds in the model are told with the answers, unknown control messages are not'],
  ['§7.4 TIMEOUT', LIVE, 'an idle session ends without a word, and the next input opens another'],
  [
    '§7.4 x-fal-error',
    LIVE,
    'the model’s own failure refuses the input, closes, and the next input opens again',
  ],
  [
    '§7.4 Unauthorized',
    PASS,
    'a token that is refused in the session is fetched anew, once, and the input sent again',
  ],
  [
    '§7.4 other errors of status',
    LIVE,
    'a status of error in place of an answer refuses the input and the session lives on',
  ],
  ['§7.4 undecodable', LIVE, 'an answer that cannot be read is said, and the next input is sent'],
  ['§7.3 what neither codec holds', CODEC, 'what no frame can hold is null, and throws nothing'],
  ['§7.3 bytes in JSON', LIVE, 'JSON for models that declare it'],
  [
    '§7.5 unary: one answer an input',
    LIVE,
    'nothing is opened before the first input; then one token, one socket, answers in order',
  ],
  [
    '§7.5 server streaming: many answers, then the end',
    LIVE,
    'a model that streams answers one input many times',
  ],
  [
    '§7.5 server streaming: a newer input',
    LIVE,
    'known to: a newer input ends the stream, and no picture is taken for another input’s',
  ],
  [
    '§7.5 client streaming: every input, one answer',
    MODES,
    'every input goes out without an answer, those from before the connection too; one answer to all',
  ],
  [
    '§7.5 client streaming: a lost connection',
    MODES,
    'a connection lost before the answer: all its inputs are sent again, in their order',
  ],
  ['§7.5 both ways', MODES, 'inputs wait for no answer, and answers belong to the last input before them'],
  [
    '§7.5 both ways: a lost connection',
    MODES,
    'the model’s own end owes nothing; a lost connection does only where nothing has come since',
  ],
  [
    '§7.5 which mode: the document',
    'shared/realtime/realtime.test.ts',
    'the codec stands on the path (fal-protocol §12.4)',
  ],
  [
    '§7.5 an orderly end is TIMEOUT and 1000',
    LIVE,
    'code %i after an answer: silent, and the next input opens another',
  ],
  [
    '§7.5 INTERNAL_ERROR and close',
    MODES,
    'an input the model refuses ends the session, and none of it is sent again',
  ],
  [
    '§7.5 answers that name their input',
    MODES,
    'answers that name their input are that one’s, and the first of them has a round trip',
  ],
  {
    row: '§7.5 the rest of the runner’s rules',
    why: 'they bind the other side: electron/local-fal/realtime has its own tests',
  },
  [
    '§7.3 a frame over the limit: an answer',
    LIVE,
    'a frame larger than the limit is refused in words; 50 MB are taken',
  ],
  ['§7.3 a frame over the limit: an input', MODES, 'is refused before it is sent: %s'],
  [
    '§7.6 opens with the first input',
    LIVE,
    'nothing is opened before the first input; then one token, one socket, answers in order',
  ],
  ['§7.6 the newest message survives', LIVE, 'while one input is out only the newest of the others waits'],
  [
    '§7.6 reconnects',
    'test/conformance/live-weaknesses.test.ts',
    'a connection that is lost with an input on its way: theirs is gone, ours is sent again',
  ],
  [
    '§7.6 one’s own close is no error',
    'test/conformance/live-weaknesses.test.ts',
    'one’s own close: theirs is an error, ours is silent',
  ],
  ['§7.6 tokens that fail', PASS, 'a token endpoint that is down for a while only delays'],
  ['§7.6 close while connecting', PASS, 'is in good order and silent, also while a socket is still opening'],
  {
    row: '§7.6 reuse by connectionKey',
    why: 'ours has no map of connections: whoever makes one holds it',
  },
  { row: '§7.6 throttle', why: 'the pace is the server’s: one input is out, the newest waits' },
  {
    row: '§7.6 clientOnly',
    why: 'for pages that are also rendered on a server; the main process is no page',
  },
  ['§7.6 refresh', PASS, 'tokens are renewed while the socket lives, without touching it'],
  { row: '§7.7 HTTP over WebSocket', why: 'used by no public client' },
];
