import { Switch as Base } from '@base-ui/react/switch';
import type { ReactNode } from 'react';

interface SwitchProps {
  readonly label: string;
  readonly checked: boolean;
  readonly describedBy?: string | undefined;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, checked, describedBy, disabled = false, onChange }: SwitchProps): ReactNode {
  return (
    <Base.Root
      aria-label={label}
      aria-describedby={describedBy}
      checked={checked}
      disabled={disabled}
      onCheckedChange={onChange}
      onKeyDown={(event) => {
        // With another key beside it, Enter is a command of the window's: it runs what is in sight, and changes nothing of it.
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.preventBaseUIHandler();
      }}
      className="flex h-[18px] w-8 shrink-0 items-center rounded-full border border-edge bg-transparent p-px transition-colors duration-120 data-checked:border-text data-checked:bg-text data-disabled:opacity-50"
    >
      <Base.Thumb className="size-3.5 rounded-full bg-edge transition-[translate,background-color] duration-120 data-checked:translate-x-3.5 data-checked:bg-panel" />
    </Base.Root>
  );
}
