import type { BatchPlace } from '../runs/asked.ts';
import type { Run, RunId, RunState } from '../runs/run.ts';
import { isOver } from '../runs/transitions.ts';

type Labels = readonly string[];

/** Which run stands where. A cell that was tried again shows its newest run. */
export interface BatchTable {
  readonly kind: BatchPlace['kind'];
  /** By index. */
  readonly columns: Labels;
  readonly rows: Labels;
  /** By column and row index; null where there is no run, as after a row that cannot be read. */
  readonly at: (column: number, row: number) => RunId | null;
  /** One a cell, row by row. */
  readonly ids: readonly RunId[];
}

type Placed = Pick<Run, 'id' | 'batch'>;

/** The table of a batch's runs, in any order; null where none of them is of one. */
export function tableOf(runs: readonly Placed[]): BatchTable | null {
  const cells = new Map<string, { readonly id: RunId; readonly batch: BatchPlace }>();
  for (const { id, batch } of runs.toSorted((a, b) => a.id - b.id))
    if (batch !== null) cells.set(keyOf(batch.column.index, batch.row.index), { id, batch });
  const places = [...cells.values()].toSorted(
    (a, b) => a.batch.row.index - b.batch.row.index || a.batch.column.index - b.batch.column.index,
  );
  const [first] = places;
  if (first === undefined) return null;
  return {
    kind: first.batch.kind,
    columns: labels(places.map(({ batch }) => batch.column)),
    rows: labels(places.map(({ batch }) => batch.row)),
    at: (column, row) => cells.get(keyOf(column, row))?.id ?? null,
    ids: places.map(({ id }) => id),
  };
}

const keyOf = (column: number, row: number): string => `${column} ${row}`;

function labels(places: readonly BatchPlace['column'][]): Labels {
  const found: string[] = [];
  for (const { index, label } of places) found[index] = label;
  return Array.from(found, (label) => label ?? '');
}

export interface Tally {
  readonly all: number;
  readonly over: number;
  readonly succeeded: number;
  /**
   * Not over, so that they can be cancelled: first those that wait here, then those that wait at fal, then those that run.
   * The other way round each that is stopped would let the next one begin, which costs money.
   */
  readonly going: readonly (readonly RunId[])[];
  readonly failed: readonly RunId[];
}

/** How the runs of a batch stand. */
export function tallyOf(runs: readonly Pick<Run, 'id' | 'state'>[]): Tally {
  const ids = (of: readonly Pick<Run, 'id'>[]): readonly RunId[] => of.map(({ id }) => id);
  return {
    all: runs.length,
    over: runs.filter(({ state }) => isOver(state)).length,
    succeeded: runs.filter(({ state }) => state.kind === 'succeeded').length,
    going: [0, 1, 2]
      .map((turn) => ids(runs.filter(({ state }) => turnOf(state) === turn)))
      .filter((turn) => turn.length > 0),
    failed: ids(runs.filter(({ state }) => state.kind === 'failed')),
  };
}

/** When a run is cancelled among others; null where there is nothing to cancel. */
function turnOf(state: RunState): number | null {
  if (isOver(state)) return null;
  switch (state.kind) {
    case 'waiting':
      return 0;
    case 'uploading':
    case 'submitting':
    case 'confirming':
    case 'queued':
      return 1;
    case 'cancelling':
      return null;
    default:
      return 2;
  }
}
