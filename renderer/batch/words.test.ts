import { describe, expect, test } from 'vitest';
import type { PlannedRun } from '../../shared/batch/plan.ts';
import { placeWords, problemsSaid } from './words.ts';

const at = (column: number, row: number, problem: string | null): PlannedRun => ({
  endpointId: 'acme/bird',
  input: {},
  column: { index: column, label: `steps ${column}` },
  row: { index: row, label: `style ${row}` },
  problem,
});

test('the place of a run of one row is its column', () => {
  expect(placeWords({ column: { index: 0, label: 'seed 7' }, row: { index: 0, label: '' } })).toBe('seed 7');
  expect(placeWords(at(1, 2, null))).toBe('steps 1, style 2');
});

describe('what is wrong with a plan is said once', () => {
  test.each([
    ['of a whole column', [at(0, 0, null), at(0, 1, null), at(1, 0, 'No'), at(1, 1, 'No')], ['steps 1: No']],
    ['of a whole row', [at(0, 0, null), at(1, 0, null), at(0, 1, 'No'), at(1, 1, 'No')], ['style 1: No']],
    [
      'of a single cell',
      [at(0, 0, null), at(1, 0, null), at(0, 1, null), at(1, 1, 'No')],
      ['steps 1, style 1: No'],
    ],
    ['of all', [at(0, 0, 'No'), at(1, 0, 'No')], ['No']],
    [
      'and not without end',
      [0, 1, 2, 3, 4].map((column) => at(column, 0, `No ${column}`)),
      ['steps 0: No 0', 'steps 1: No 1', 'steps 2: No 2', 'and 2 more like that'],
    ],
  ])('%s', (_, plan, said) => expect(problemsSaid(plan)).toEqual(said));
});
