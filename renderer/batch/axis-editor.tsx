import { useId } from 'react';
import type { ReactNode } from 'react';
import type { SweepField } from '../../shared/batch/sweep-fields.ts';
import { pointerOf } from '../../shared/schema/path.ts';
import { Segmented } from '../ui/segmented.tsx';
import { Select } from '../ui/select.tsx';
import { Finder } from '../ui/finder.tsx';
import { TextArea } from '../ui/text-area.tsx';
import { cx } from '../ui/cx.ts';
import { optionsOf } from './axis-entry.ts';
import type { AxisEntry, AxisValues } from './axis-entry.ts';

/** More than these are searched, not scrolled through. */
const MOST_LISTED = 12;
const WAYS = [
  { value: 'list', label: 'List' },
  { value: 'range', label: 'Range' },
] as const;

export interface Axis {
  readonly swept: SweepField;
  readonly entry: AxisEntry;
}

interface AxisEditorProps {
  /** Where its values stand: "Across", "Down". */
  readonly title: string;
  readonly fields: readonly SweepField[];
  readonly axis: Axis | null;
  readonly read: AxisValues | null;
  readonly onField: (swept: SweepField | null) => void;
  readonly onEntry: (entry: AxisEntry) => void;
}

/** One axis of a sweep: which field, and the values it takes. */
export function AxisEditor({ title, fields, axis, read, onField, onEntry }: AxisEditorProps): ReactNode {
  const said = useId();
  const options = fields.map(({ path, label }) => ({ value: pointerOf(path), label }));
  const choose = (pointer: string): void =>
    onField(fields.find(({ path }) => pointerOf(path) === pointer) ?? null);
  const Chooser = options.length > MOST_LISTED ? Finder<string> : Select<string>;
  return (
    <fieldset className="space-y-2">
      <legend className="text-soft">{title}</legend>
      <Chooser
        label={`${title}: field`}
        placeholder={title === 'Down' ? 'No second field' : 'Choose a field'}
        options={options}
        value={axis === null ? null : pointerOf(axis.swept.path)}
        onChange={choose}
        {...(title === 'Down' ? { onClear: () => onField(null) } : {})}
        className="w-full"
      />
      {axis !== null && (
        <>
          <Entry title={title} axis={axis} describedBy={said} onEntry={onEntry} />
          <p id={said} className={cx('tabular text-xs', read?.ok === false ? 'text-danger' : 'text-faint')}>
            {read !== null && (read.ok ? `${read.values.length} values` : read.problem)}
          </p>
        </>
      )}
    </fieldset>
  );
}

interface EntryProps {
  readonly title: string;
  readonly axis: Axis;
  readonly describedBy: string;
  readonly onEntry: (entry: AxisEntry) => void;
}

function Entry({ title, axis: { swept, entry }, describedBy, onEntry }: EntryProps): ReactNode {
  const { field } = swept;
  switch (entry.kind) {
    case 'lines':
      return (
        <TextArea
          aria-label={`${title}: texts, one a line`}
          aria-describedby={describedBy}
          placeholder="One a line"
          value={entry.text}
          onText={(text) => onEntry({ kind: 'lines', text })}
          className="max-h-40 min-h-20"
        />
      );
    case 'picked':
      return (
        <ul aria-label={`${title}: values`} className="flex max-h-40 flex-wrap gap-1 overflow-y-auto">
          {optionsOf(field).map(({ value, label }) => {
            const on = entry.values.includes(value);
            return (
              <li key={String(value)} className="max-w-full">
                <button
                  type="button"
                  aria-pressed={on}
                  onClick={() =>
                    onEntry({
                      kind: 'picked',
                      values: on ? entry.values.filter((one) => one !== value) : [...entry.values, value],
                    })
                  }
                  className="h-7 max-w-full truncate rounded-md border border-line px-2.5 text-soft transition-colors duration-120 hover:bg-hover aria-pressed:border-edge aria-pressed:bg-raised aria-pressed:text-text"
                >
                  {label}
                </button>
              </li>
            );
          })}
        </ul>
      );
    case 'list':
    case 'range':
      return (
        <div className="flex flex-wrap items-center gap-2">
          <Segmented
            label={`${title}: how values are given`}
            options={WAYS}
            value={entry.kind}
            onChange={(kind) => kind !== null && kind !== entry.kind && onEntry(turned(swept, entry))}
          />
          {entry.kind === 'list' ? (
            <input
              aria-label={`${title}: values`}
              aria-describedby={describedBy}
              placeholder="10, 20, 30"
              autoComplete="off"
              value={entry.text}
              onChange={(event) => onEntry({ kind: 'list', text: event.target.value })}
              className="field tabular h-8 min-w-40 flex-1 px-2.5"
            />
          ) : (
            (['from', 'to', 'step'] as const).map((part) => (
              <label key={part} className="flex items-center gap-1.5 text-soft">
                {part}
                <input
                  aria-label={`${title}: ${part}`}
                  aria-describedby={describedBy}
                  autoComplete="off"
                  value={entry[part]}
                  onChange={(event) => onEntry({ ...entry, [part]: event.target.value })}
                  className="field tabular h-8 w-16 px-2"
                />
              </label>
            ))
          )}
        </div>
      );
  }
}

/** The other way to give numbers, from what is there already. */
function turned({ field }: SweepField, entry: Extract<AxisEntry, { kind: 'list' | 'range' }>): AxisEntry {
  if (entry.kind === 'range')
    return { kind: 'list', text: [entry.from, entry.to].filter(Boolean).join(', ') };
  const words = entry.text.split(/[\s,;]+/).filter((word) => word !== '');
  const step = field.kind === 'number' ? String(field.step) : '1';
  return { kind: 'range', from: words[0] ?? '', to: words.length > 1 ? (words.at(-1) ?? '') : '', step };
}
