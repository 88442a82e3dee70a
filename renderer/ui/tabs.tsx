import { Tabs as Base } from '@base-ui/react/tabs';
import type { ReactNode } from 'react';

interface TabsProps<T extends string> {
  readonly label: string;
  readonly tabs: readonly { readonly value: T; readonly label: string }[];
  readonly value: T;
  readonly onChange: (value: T) => void;
  /** At the right end of the row of tabs. */
  readonly aside?: ReactNode;
  /** The panel of the chosen tab. */
  readonly children: ReactNode;
}

/** A row of tabs over the one panel that is open. */
export function Tabs<T extends string>({
  label,
  tabs,
  value,
  onChange,
  aside,
  children,
}: TabsProps<T>): ReactNode {
  return (
    <Base.Root
      value={value}
      onValueChange={(next) => {
        const chosen = tabs.find((tab) => tab.value === next);
        if (chosen !== undefined) onChange(chosen.value);
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <div className="flex h-10 shrink-0 items-center justify-between border-b border-line pr-3 pl-2">
        <Base.List aria-label={label} className="flex h-full items-stretch">
          {tabs.map((tab) => (
            <Base.Tab
              key={tab.value}
              value={tab.value}
              className="relative px-2.5 text-soft transition-colors duration-120 hover:text-text focus-visible:outline-offset-[-4px] data-active:text-text data-active:after:absolute data-active:after:inset-x-2.5 data-active:after:bottom-[-1px] data-active:after:h-px data-active:after:bg-text"
            >
              {tab.label}
            </Base.Tab>
          ))}
        </Base.List>
        {aside}
      </div>
      <Base.Panel value={value} className="flex min-h-0 flex-1 flex-col focus-visible:outline-offset-[-2px]">
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
