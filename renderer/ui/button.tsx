import type { ComponentProps, ReactNode } from 'react';
import { cx } from './cx.ts';
import { Tip } from './tip.tsx';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-strong font-medium',
  plain: 'border border-line bg-raised text-text hover:bg-hover active:bg-pressed',
  quiet: 'text-soft hover:bg-hover hover:text-text active:bg-pressed',
} as const;

interface ButtonProps extends ComponentProps<'button'> {
  readonly look?: keyof typeof looks;
}

export function Button({ look = 'plain', className, type = 'button', ...rest }: ButtonProps): ReactNode {
  return (
    <button
      type={type}
      className={cx(
        'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md px-3 whitespace-nowrap transition-colors duration-120 disabled:opacity-50 disabled:pointer-events-none',
        looks[look],
        className,
      )}
      {...rest}
    />
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  /** Its name, read aloud and shown on hover. */
  readonly label: string;
  readonly shortcut?: string | undefined;
  readonly side?: 'top' | 'right' | 'bottom' | 'left';
}

export function IconButton({
  label,
  shortcut,
  side = 'top',
  className,
  type = 'button',
  ...rest
}: IconButtonProps): ReactNode {
  return (
    <Tip text={label} {...(shortcut === undefined ? {} : { shortcut })} side={side}>
      <button
        type={type}
        aria-label={label}
        className={cx(
          'inline-flex size-7 shrink-0 items-center justify-center rounded-md text-soft transition-colors duration-120 hover:bg-hover hover:text-text active:bg-pressed disabled:opacity-50',
          className,
        )}
        {...rest}
      />
    </Tip>
  );
}
