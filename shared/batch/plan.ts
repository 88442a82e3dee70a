import type { JsonObject, JsonValue } from '../json.ts';
import { carryOver } from '../schema/carry.ts';
import { checkInput } from '../schema/check.ts';
import type { FieldProblem } from '../schema/check.ts';
import { fieldAt, setAt } from '../schema/draft.ts';
import type { ModelForm, SeedField } from '../schema/field.ts';
import { inSentence } from '../schema/labels.ts';
import { buildRequest } from '../schema/request.ts';
import type { RequestHolds } from '../schema/request.ts';
import type { SweepField } from './sweep-fields.ts';
import { valueWords } from './value-words.ts';

export interface BatchModel {
  readonly endpointId: string;
  readonly form: ModelForm;
}

/** What all runs of a batch begin with: a model's draft. */
export interface BatchStart extends BatchModel {
  readonly input: JsonObject;
  readonly holds: RequestHolds;
}

interface Place {
  /** From 0. */
  readonly index: number;
  readonly label: string;
}

export interface PlannedRun {
  readonly endpointId: string;
  /** The request as it would be sent. */
  readonly input: JsonObject;
  readonly column: Place;
  readonly row: Place;
  /** The first thing that is wrong with it, by its own model's form, as a sentence without a full stop; null if nothing. */
  readonly problem: string | null;
}

/** A field and the values it is to take, one a column or a row. */
export interface SweepAxis {
  readonly swept: SweepField;
  readonly values: readonly JsonValue[];
}

const ONLY: Place = { index: 0, label: '' };

/** The same request on several models, a column each: the first as it is, the others with what carries over. */
export function planModels(start: BatchStart, others: readonly BatchModel[]): readonly PlannedRun[] {
  const all = [
    start,
    ...others.map((other) => ({
      ...start,
      ...other,
      input: carryOver(start.form, start.input, other.form),
    })),
  ];
  return all.map((one, index) => planned(one, { index, label: one.endpointId }, ONLY));
}

/** The same request with several seeds. */
export function planSeeds(
  start: BatchStart,
  field: SeedField,
  seeds: readonly (number | bigint)[],
): readonly PlannedRun[] {
  const { form } = start;
  return seeds.map((seed, index) => {
    const input = setAt(form, start.input, [field.name], seed);
    return planned({ ...start, input }, { index, label: `seed ${seed}` }, ONLY);
  });
}

/** The same request so many times, for a model that has no seed. */
export function planRepeats(start: BatchStart, count: number): readonly PlannedRun[] {
  return Array.from({ length: count }, (_, index) =>
    planned(start, { index, label: `run ${index + 1}` }, ONLY),
  );
}

/** The same request with each value of one field, or with each pair of two: `x` makes the columns, `y` the rows. */
export function planSweep(start: BatchStart, x: SweepAxis, y: SweepAxis | null): readonly PlannedRun[] {
  const rows = y === null ? [null] : y.values.map((value) => ({ swept: y.swept, value }));
  return rows.flatMap((row, rowIndex) =>
    x.values.map((value, columnIndex) => {
      const column = { swept: x.swept, value };
      const input = [column, ...(row === null ? [] : [row])].reduce(
        (draft, { swept, value }) => setAt(start.form, draft, swept.path, value),
        start.input,
      );
      return planned(
        { ...start, input },
        { index: columnIndex, label: axisLabel(column.swept, value) },
        row === null ? ONLY : { index: rowIndex, label: axisLabel(row.swept, row.value) },
      );
    }),
  );
}

/** "steps 28": what a column or row of a sweep is called. */
function axisLabel({ field, label }: SweepField, value: JsonValue): string {
  return `${inSentence(label)} ${valueWords(field, value)}`;
}

function planned({ endpointId, form, input, holds }: BatchStart, column: Place, row: Place): PlannedRun {
  const [wrong] = checkInput(form, input);
  const problem = wrong === undefined ? null : problemWords(form, wrong, [column.label, row.label]);
  return { endpointId, input: buildRequest(form, input, holds), column, row, problem };
}

/** What is missing is named by the message itself, and what is swept by its place. */
function problemWords(form: ModelForm, { path, message }: FieldProblem, places: readonly string[]): string {
  const label = fieldAt(form, path)?.label ?? String(path.at(-1) ?? '');
  const named = places.some((place) => place.startsWith(`${inSentence(label)} `));
  return named || label === '' || /\b(is|are) needed$/.test(message) ? message : `${label}: ${message}`;
}
