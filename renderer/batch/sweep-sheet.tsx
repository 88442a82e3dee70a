import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { planSweep } from '../../shared/batch/plan.ts';
import type { BatchStart } from '../../shared/batch/plan.ts';
import { sweepFields } from '../../shared/batch/sweep-fields.ts';
import type { SweepField } from '../../shared/batch/sweep-fields.ts';
import { MOST_IN_A_BATCH } from '../../shared/batch/most.ts';
import { valueAt } from '../../shared/schema/draft.ts';
import { AxisEditor } from './axis-editor.tsx';
import type { Axis } from './axis-editor.tsx';
import { firstEntry, readEntry } from './axis-entry.ts';
import type { AxisValues } from './axis-entry.ts';
import { BatchFooter } from './batch-footer.tsx';

/** What is swept so far. */
export interface Axes {
  readonly x: Axis | null;
  readonly y: Axis | null;
}

export const NO_AXES: Axes = { x: null, y: null };

interface SweepSheetProps {
  readonly start: BatchStart;
  /** Kept by the owner: a sheet that closes by accident takes nothing along that was written. */
  readonly axes: Axes;
  readonly onAxes: (axes: Axes) => void;
  readonly onDone: () => void;
}

/** The same request with each value of one field, or each pair of two. */
export function SweepSheet({ start, axes, onAxes, onDone }: SweepSheetProps): ReactNode {
  const fields = useMemo(() => sweepFields(start.form, start.input), [start]);
  const [x, y] = useMemo(() => [stillThere(axes.x, fields), stillThere(axes.y, fields)], [axes, fields]);
  const setX = (x: Axis | null): void => onAxes({ x, y });
  const setY = (y: Axis | null): void => onAxes({ x, y });
  const begun = (swept: SweepField | null): Axis | null =>
    swept && { swept, entry: firstEntry(swept.field, valueAt(start.form, start.input, swept.path)) };
  const [across, down] = useMemo(() => [readAxis(x), readAxis(y)], [x, y]);
  const plan = useMemo(() => {
    if (x === null || across?.ok !== true || down?.ok === false) return [];
    const rows = y === null || down === null ? null : { swept: y.swept, values: down.values };
    // Far too many are not even planned.
    if (across.values.length * (rows?.values.length ?? 1) > MOST_IN_A_BATCH) return null;
    return planSweep(start, { swept: x.swept, values: across.values }, rows);
  }, [start, x, y, across, down]);
  const others = (axis: Axis | null): readonly SweepField[] =>
    fields.filter(({ label }) => label !== axis?.swept.label);
  return (
    <>
      <div className="min-h-0 flex-1 space-y-4 overflow-y-auto p-4">
        <AxisEditor
          title="Across"
          fields={others(y)}
          axis={x}
          read={across}
          onField={(swept) => setX(begun(swept))}
          onEntry={(entry) => x !== null && setX({ ...x, entry })}
        />
        <AxisEditor
          title="Down"
          fields={others(x)}
          axis={y}
          read={down}
          onField={(swept) => setY(begun(swept))}
          onEntry={(entry) => y !== null && setY({ ...y, entry })}
        />
      </div>
      <BatchFooter
        endpointId={start.endpointId}
        kind="sweep"
        plan={plan ?? []}
        missing={missingOf(x, across, down, plan === null)}
        onDone={onDone}
      />
    </>
  );
}

/** The request may have become another one while the sheet was closed. */
function stillThere(axis: Axis | null, fields: readonly SweepField[]): Axis | null {
  const swept = fields.find(({ label }) => label === axis?.swept.label);
  return axis === null || swept?.field.kind !== axis.swept.field.kind ? null : { ...axis, swept };
}

const readAxis = (axis: Axis | null): AxisValues | null => axis && readEntry(axis.swept.field, axis.entry);

function missingOf(
  x: Axis | null,
  across: AxisValues | null,
  down: AxisValues | null,
  tooMany: boolean,
): string | null {
  if (x === null) return 'Choose the field that changes from column to column';
  if (across?.ok === false) return `Across: ${across.problem}`;
  if (down?.ok === false) return `Down: ${down.problem}`;
  return tooMany ? `At most ${MOST_IN_A_BATCH} runs are sent at once` : null;
}
