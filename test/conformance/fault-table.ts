/**
 * What becomes of each method under each fault of the local server (test/local-fal). `ok 2, busy 4` reads: with the fault
 * once it went well with the second request; for good, it was an error of kind `busy` after four. One word where both are
 * alike. `text` is a success in another type than JSON. faults.test.ts shows every cell.
 */
export interface Table {
  readonly methods: readonly string[];
  readonly rows: readonly { readonly fault: string; readonly cells: readonly string[] }[];
}

function tableOf(text: string): Table {
  const [head = [], ...rows] = text
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((cell) => cell.trim()));
  return {
    methods: head.slice(1),
    rows: rows.map(([fault = '', ...cells]) => ({ fault, cells })),
  };
}

/**
 * Calls that cost money: again only where fal says that nobody had it, else once, and `unconfirmed` where that leaves
 * open what became of it. A stream is never sent again. With a limit of 600 s, which only a silent server lets pass.
 */
export const CALLS = tableOf(`
fault       | run           | stream        | submit
429         | ok 2, busy 4  | busy 1        | ok 2, busy 4
429-date    | ok 2, busy 4  | busy 1        | ok 2, busy 4
499         | cancelled 1   | cancelled 1   | cancelled 1
500         | request 1     | request 1     | request 1
502         | unconfirmed 1 | unconfirmed 1 | unconfirmed 1
503         | ok 2, request 4 | request 1   | ok 2, request 4
503-gateway | unconfirmed 1 | unconfirmed 1 | ok 2, busy 4
504         | request 1     | request 1     | unconfirmed 1
504-user    | timeout 1     | timeout 1     | timeout 1
504-gateway | unconfirmed 1 | unconfirmed 1 | unconfirmed 1
page        | text 1        | text 1        | unconfirmed 1
malformed   | protocol 1    | protocol 1    | unconfirmed 1
lost        | unconfirmed 1 | unconfirmed 1 | unconfirmed 1
silent      | timeout 1     | timeout 1     | unconfirmed 1
cut         | protocol 1    | lost 1        | ok 1
stall-body  | protocol 1    | timeout 1     | ok 1
`);

/**
 * Calls that may be repeated. A result that fal signs is the request's own end and cannot change; of a cancel any 2xx
 * counts; a schema is asked for in two places. Of an upload it is the wish for a place.
 */
export const READS = tableOf(`
fault       | status          | result         | cancel          | schema          | price           | upload
429         | ok 2, busy 4    | model 1        | ok 2, busy 4    | ok 2, busy 8    | ok 2, busy 4    | ok 2, request 4
429-date    | ok 2, busy 4    | model 1        | ok 2, busy 4    | ok 2, busy 8    | ok 2, busy 4    | ok 2, request 4
499         | cancelled 1     | cancelled 1    | cancelled 1     | ok 2, cancelled 2 | cancelled 1   | request 1
500         | ok 2, request 4 | request 1      | ok 2, request 4 | ok 2, request 8 | ok 2, request 4 | ok 2, request 4
502         | ok 2, request 4 | ok 2, busy 4   | ok 2, request 4 | ok 2, request 8 | ok 2, request 4 | ok 2, request 4
503         | ok 2, request 4 | request 1      | ok 2, request 4 | ok 2, request 8 | ok 2, request 4 | ok 2, request 4
503-gateway | ok 2, busy 4    | ok 2, busy 4   | ok 2, busy 4    | ok 2, busy 8    | ok 2, busy 4    | ok 2, request 4
504         | ok 2, request 4 | request 1      | ok 2, request 4 | ok 2, request 8 | ok 2, request 4 | ok 2, request 4
504-user    | timeout 1       | timeout 1      | timeout 1       | ok 2, timeout 2 | timeout 1       | ok 2, request 4
504-gateway | ok 2, request 4 | ok 2, busy 4   | ok 2, request 4 | ok 2, request 8 | ok 2, request 4 | ok 2, request 4
page        | protocol 1      | protocol 1     | ok 1            | ok 2, protocol 2 | protocol 1     | protocol 1
malformed   | protocol 1      | protocol 1     | ok 1            | ok 2, protocol 2 | protocol 1     | protocol 1
lost        | ok 2, network 4 | ok 2, network 4 | ok 2, network 4 | ok 2, network 8 | ok 2, network 4 | ok 2, network 4
silent      | ok 2, network 4 | ok 2, network 4 | ok 2, network 4 | ok 2, network 8 | ok 2, network 4 | ok 2, network 4
cut         | ok 2, network 4 | ok 2, network 4 | ok 2, network 4 | ok 2, network 8 | ok 2, network 4 | ok 2, network 4
stall-body  | ok 2, network 4 | ok 2, network 4 | ok 2, network 4 | ok 2, network 8 | ok 2, network 4 | ok 2, network 4
`);

/**
 * Requests that are followed, with the fault where they are: in the status stream, in the polls, in both, in the call for
 * the output. The stream is given up at once for polls; polls that fail are troubles, of which twenty in a row are enough.
 */
export const FOLLOWED = tableOf(`
fault       | subscribe | by polling         | attach            | its output
429         | ok 1      | ok 2, busy 80      | ok 3, busy 100    | model 1
429-date    | ok 1      | ok 2, busy 80      | ok 3, busy 100    | model 1
499         | ok 1      | ok 2, cancelled 20 | ok 3, cancelled 40 | cancelled 1
500         | ok 1      | ok 2, request 80   | ok 3, request 100 | request 1
502         | ok 1      | ok 2, request 80   | ok 3, request 100 | ok 2, busy 4
503         | ok 1      | ok 2, request 80   | ok 3, request 100 | request 1
503-gateway | ok 1      | ok 2, busy 80      | ok 3, busy 100    | ok 2, busy 4
504         | ok 1      | ok 2, request 80   | ok 3, request 100 | request 1
504-user    | ok 1      | ok 2, timeout 20   | ok 3, timeout 40  | timeout 1
504-gateway | ok 1      | ok 2, request 80   | ok 3, request 100 | ok 2, busy 4
page        | ok 1      | ok 2, protocol 20  | ok 3, protocol 40 | protocol 1
malformed   | ok 1      | ok 2, protocol 20  | ok 3, protocol 40 | protocol 1
lost        | ok 1      | ok 2, network 80   | ok 3, network 100 | ok 2, network 4
silent      | ok 1      | ok 2, network 80   | ok 3, network 100 | ok 2, network 4
cut         | ok 1      | ok 2, network 80   | ok 1              | ok 2, network 4
stall-body  | ok 1      | ok 2, network 80   | ok 1              | ok 2, network 4
`);

/**
 * The person stops when the one call has got no answer, or half of one: that is the end at once, nothing more is sent, and
 * the request is named where its id is known. A submit that is answered by half has its id, and a status stream that does
 * not end has told all.
 */
export const STOPS = tableOf(`
fault          | run         | stream      | submit      | status      | result      | cancel      | schema      | price       | upload      | subscribe   | by polling  | attach      | its output
does not begin | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1
does not end   | cancelled 1 | cancelled 1 | ok 1        | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | cancelled 1 | -           | cancelled 1 | -           | cancelled 1
`);

/** No connection comes about, and the number is that of the tries: nothing was sent, so that even a call may be repeated. */
export const NETWORK = tableOf(`
fault   | run       | stream    | submit    | status    | result    | cancel    | schema    | price     | upload    | attach
refused | network 4 | network 1 | network 4 | network 4 | network 4 | network 4 | network 8 | network 4 | network 4 | network 100
no name | network 4 | network 1 | network 4 | network 4 | network 4 | network 4 | network 8 | network 4 | network 4 | network 100
`);

/**
 * Faults of a request's whole life, there from the beginning; the number is that of the POSTs, for nothing may be sent
 * twice that was taken once. A dash where a fault says nothing to a method.
 */
export const LIVES = tableOf(`
fault            | stream    | submit        | subscribe     | by polling
stream-split     | ok 1      | -             | -             | -
stream-comments  | ok 1      | -             | -             | -
stream-done      | text 1    | -             | -             | -
stream-stall     | timeout 1 | -             | -             | -
stream-cut       | lost 1    | -             | -             | -
long-urls        | -         | ok 1          | ok 1          | ok 1
back-to-queue    | -         | ok 1          | ok 1          | ok 1
no-status-stream | -         | -             | ok 1          | ok 1
stream-drop      | -         | -             | ok 1          | ok 1
completed-error  | -         | ok 1          | request 1     | request 1
drop-submit      | -         | unconfirmed 1 | unconfirmed 1 | unconfirmed 1
lose-submit      | -         | unconfirmed 1 | unconfirmed 1 | unconfirmed 1
`);
