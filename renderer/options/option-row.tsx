import { useId } from 'react';
import type { ReactNode } from 'react';

interface OptionRowProps {
  readonly label: string;
  readonly about: string;
  readonly problem: string | undefined;
  /** Why the method does not take it; null where it does. */
  readonly notTaken: string | null;
  /** The control under the name and not beside it: for long texts. */
  readonly below?: boolean;
  /** `describedBy` says what it means and what is wrong with it. */
  readonly children: (control: {
    readonly id: string;
    readonly describedBy: string;
    readonly invalid: boolean;
    readonly disabled: boolean;
  }) => ReactNode;
}

/** An option of a request: its name, what it means, its control, and why it cannot be had or is wrong. */
export function OptionRow({
  label,
  about,
  problem,
  notTaken,
  below = false,
  children,
}: OptionRowProps): ReactNode {
  const id = useId();
  const aboutId = `${id}-about`;
  const disabled = notTaken !== null;
  const invalid = problem !== undefined && !disabled;
  const control = children({ id, describedBy: aboutId, invalid, disabled });
  return (
    <div>
      <div className="flex min-h-8 items-center justify-between gap-3">
        <label htmlFor={id} className={disabled ? 'text-faint' : 'text-soft'}>
          {label}
        </label>
        {!below && control}
      </div>
      {below && control}
      <p id={aboutId} className="pt-0.5 text-xs text-faint">
        {invalid && (
          <span role="alert" className="block text-danger">
            {problem}
          </span>
        )}
        {notTaken === null ? about : `${notTaken}.`}
      </p>
    </div>
  );
}
