import { RotateCcw } from 'lucide-react';
import { useContext, useRef } from 'react';
import type { ReactNode } from 'react';
import { sameJson } from '../../shared/json.ts';
import type { JsonValue } from '../../shared/json.ts';
import { isWithin } from '../../shared/schema/path.ts';
import type { Field } from '../../shared/schema/field.ts';
import { cx } from '../ui/cx.ts';
import { Help } from './help.tsx';
import { LookContext, PlaceContext, problemsId } from './place.ts';
import { UnreadContext } from './unread.ts';

/** What every control of a form is given. */
export interface ControlProps<F extends Field> {
  readonly field: F;
  /** The draft's value, else the default. */
  readonly value: JsonValue | undefined;
  readonly problems: readonly string[];
  /** `undefined` clears. */
  readonly onChange: (value: JsonValue | undefined) => void;
}

interface FieldRowProps {
  readonly field: Field;
  /** Id of the control the label belongs to; none where the control names itself. */
  readonly controlId?: string;
  readonly problems: readonly string[];
  /** With `onChange`: the row marks what is not the default, and takes it back. */
  readonly value?: JsonValue | undefined;
  readonly onChange?: (value: JsonValue | undefined) => void;
  readonly aside?: ReactNode;
  /** Label and control on one line; `wide` leaves the room to the label, for a control that needs none. */
  readonly inline?: boolean | 'wide';
  readonly children: ReactNode;
}

/** The part of a row that takes the focus. */
export const CONTROL =
  'textarea, input, [contenteditable="true"], [role="combobox"], [role="switch"], button[aria-pressed]';

/** What every field has around it: its name, what it means, whether it is the default, and what is wrong with it. */
export function FieldRow({
  field,
  controlId,
  problems,
  value,
  onChange,
  aside,
  inline = false,
  children,
}: FieldRowProps): ReactNode {
  const row = useRef<HTMLDivElement>(null);
  const place = useContext(PlaceContext);
  const look = useContext(LookContext);
  const { texts, set } = useContext(UnreadContext);
  const changed = onChange !== undefined && value !== undefined && !sameJson(value, field.default);
  const reset = (): void => {
    // What is half typed goes with it.
    for (const box of Object.keys(texts)) if (isWithin(box, place)) set(box, null);
    onChange?.(undefined);
    row.current?.querySelector<HTMLElement>(CONTROL)?.focus();
  };
  const name = (
    <div className="flex min-w-0 items-center gap-1">
      <label
        htmlFor={controlId}
        className={cx('truncate', changed ? 'text-text' : 'text-soft')}
        title={field.label}
      >
        {field.label}
      </label>
      {field.required && (
        <span className="text-faint" title="Required">
          <span aria-hidden>*</span>
          <span className="sr-only">required</span>
        </span>
      )}
      {field.deprecated && <span className="rounded-sm bg-hover px-1 text-xs text-faint">old</span>}
      {field.help !== '' && <Help field={field} />}
      {changed && field.default !== undefined && (
        <button
          type="button"
          aria-label={`Reset ${field.label} to its default`}
          title="Reset to the default"
          onClick={reset}
          className="inline-flex size-5 shrink-0 items-center justify-center rounded-md text-faint hover:text-text"
        >
          <RotateCcw size={12} aria-hidden />
        </button>
      )}
    </div>
  );
  return (
    <div
      ref={row}
      data-field={place.slice(1)}
      className={cx('min-w-0', look === 'bare' && 'flex-1', look === 'stacked' && '[&>input]:w-full')}
    >
      {look === 'bare' ? (
        <>
          <label htmlFor={controlId} className="sr-only">
            {field.label}
          </label>
          <div className="flex min-w-0 items-center justify-end gap-3 [&>input:only-child]:flex-1">
            {children}
          </div>
        </>
      ) : inline === 'wide' && look === 'full' ? (
        // Where the name would have no room left, the control goes under it.
        <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
          <div className="min-w-0 flex-[1_1_7rem]">{name}</div>
          <div className="ml-auto flex min-w-0 items-center justify-end gap-3">{children}</div>
        </div>
      ) : inline && look !== 'stacked' ? (
        <div
          className={cx(
            'grid min-h-8 items-center gap-3',
            look === 'tight'
              ? 'grid-cols-[auto_minmax(0,1fr)]'
              : cx(
                  'gap-y-1 @min-[21rem]:grid-cols-[minmax(0,10.25rem)_minmax(0,1fr)]',
                  // "R", "X", "FPS": a line of its own would be mostly empty.
                  field.label.length <= 3 ? 'grid-cols-[3.5rem_minmax(0,1fr)]' : 'grid-cols-1',
                ),
          )}
        >
          {name}
          <div className="flex min-w-0 items-center justify-end gap-3">{children}</div>
        </div>
      ) : (
        <>
          <div className="flex min-h-6 items-center justify-between gap-2 pb-1">
            {name}
            {aside}
          </div>
          {children}
        </>
      )}
      {problems.length > 0 && (
        <div id={problemsId(place)} role="alert" className="pt-1 text-danger">
          {problems.map((problem) => (
            <p key={problem}>{problem}</p>
          ))}
        </div>
      )}
    </div>
  );
}
