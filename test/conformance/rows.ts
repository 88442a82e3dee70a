import { CALL_ROWS } from './rows-calls.ts';
import { LIVE_ROWS } from './rows-live.ts';
import { OTHER_ROWS } from './rows-rest.ts';

/**
 * What the wire protocol says, row by row, and the test that shows ours keeping to it: a file and the
 * title of a test, or of a `describe`, as it is written there. A row without one says why. `rows.test.ts` sees that each test
 * is there.
 */
export type Row =
  readonly [row: string, file: string, title: string] | { readonly row: string; readonly why: string };

export const ROWS: readonly Row[] = [...CALL_ROWS, ...LIVE_ROWS, ...OTHER_ROWS];
