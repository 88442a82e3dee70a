import { useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { Run } from '../../../shared/runs/run.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { State } from '../../ui/state.tsx';
import { cx } from '../../ui/cx.ts';
import { onlySet, requestRows, setCount } from './request-rows.ts';
import type { RequestRow, ValueRow } from './request-rows.ts';
import { useModelForm } from './use-model-form.ts';
import { ValueView, valueText } from './value-view.tsx';

/** Every input of a run beside what its model does by itself. */
export function RequestView({ run }: { readonly run: Run }): ReactNode {
  const { endpointId, input } = run;
  const known = useModelForm(endpointId);
  const [shown, setShown] = useState<'all' | 'set'>('all');
  const form = known.kind === 'form' ? known.form : null;
  const rows = useMemo(() => requestRows(form, input), [form, input]);
  const set = setCount(rows);
  const visible = useMemo(() => (shown === 'set' ? onlySet(rows) : rows), [rows, shown]);
  if (known.kind === 'loading') return null;
  if (rows.length === 0)
    return <State title="This request is empty" text="The model’s own defaults counted." />;
  return (
    <div
      // A scrolled region must be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="region"
      aria-label="Inputs"
      className="relative min-h-0 flex-1 overflow-y-auto px-4 py-3 focus-visible:outline-offset-[-2px]"
    >
      {form === null ? (
        <p className="pb-3 text-soft">
          What the model does by itself is not known here, so these are the values alone.
          {known.kind === 'none' && ` ${known.reason}`}
        </p>
      ) : (
        <div className="flex flex-wrap items-center justify-between gap-2 pb-2">
          <p className="tabular text-soft">
            {set === 0 ? 'Everything was left at its default' : `${set} set`}
          </p>
          {set > 0 && (
            <Segmented
              label="Inputs shown"
              options={[
                { value: 'all', label: 'All' },
                { value: 'set', label: 'Set' },
              ]}
              value={shown}
              onChange={(next) => next !== null && setShown(next)}
            />
          )}
        </div>
      )}
      <dl>
        {visible.map((row) => (
          <Row key={row.place} row={row} bare={form === null} />
        ))}
      </dl>
    </div>
  );
}

const INDENT = 14;

interface RowProps<T> {
  readonly row: T;
  /** Without a form nothing is known to compare it with. */
  readonly bare: boolean;
}

function Row({ row, bare }: RowProps<RequestRow>): ReactNode {
  const inset = { paddingLeft: row.depth * INDENT };
  if (row.kind === 'more')
    return (
      <div className="py-1.5 text-soft" style={inset}>
        <dt className="sr-only">Left out</dt>
        <dd>{row.count.toLocaleString('en-US')} more; the JSON has them all.</dd>
      </div>
    );
  if (row.kind === 'group')
    return (
      <div className="flex items-baseline gap-2 border-t border-line py-1.5 first:border-t-0" style={inset}>
        <dt className="pl-3 text-soft">{row.label}</dt>
        <dd className={row.count === null ? 'sr-only' : 'tabular text-xs text-faint'}>
          {row.count === null ? 'a group' : row.count.toLocaleString('en-US')}
        </dd>
      </div>
    );
  return <Value row={row} bare={bare} />;
}

function Value({ row, bare }: RowProps<ValueRow>): ReactNode {
  const held = row.standing === 'set' || row.standing === 'unlisted';
  const changed = held && !bare;
  return (
    <div
      className="grid grid-cols-[minmax(7rem,11rem)_1fr] gap-x-4 border-t border-line py-1.5 first:border-t-0"
      style={{ paddingLeft: row.depth * INDENT }}
    >
      <dt className="flex min-w-0 items-start gap-2 text-soft">
        <span
          aria-hidden
          className={cx('mt-2 size-1 shrink-0 rounded-full', changed ? 'bg-accent' : 'bg-transparent')}
        />
        <span className="min-w-0 break-words" title={row.name}>
          {row.label}
          {changed && <span className="sr-only">, set</span>}
        </span>
      </dt>
      <dd className={cx('min-w-0', held ? 'text-text' : 'text-faint')}>
        {row.value === undefined ? 'not set' : <ValueView value={row.value} field={row.field} />}
        {changed && row.default !== undefined && (
          <p className="truncate text-xs text-faint" title={valueText(row.default, row.field)}>
            default {valueText(row.default, row.field)}
          </p>
        )}
        {row.standing === 'default' && <span className="sr-only">, the default</span>}
        {changed && row.standing === 'unlisted' && (
          <p className="text-xs break-all text-faint">not in the model’s schema</p>
        )}
      </dd>
    </div>
  );
}
