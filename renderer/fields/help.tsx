import { Popover } from '@base-ui/react/popover';
import { Info } from 'lucide-react';
import { useState } from 'react';
import type { ReactNode } from 'react';
import type { Field } from '../../shared/schema/field.ts';

const SIGN = 'inline-flex size-5 shrink-0 items-center justify-center rounded-md text-faint hover:text-text';

/** What the schema says of a field, behind a small sign. */
export function Help({ field }: { readonly field: Field }): ReactNode {
  const [near, setNear] = useState<'pointer' | 'focus' | null>(null);
  const shared = { 'aria-label': `About ${field.label}`, className: SIGN };
  // A form may have a hundred of them: each is a mere button until somebody comes near it.
  if (near === null)
    return (
      <button
        type="button"
        {...shared}
        onPointerEnter={() => setNear('pointer')}
        onFocus={() => setNear('focus')}
      >
        <Info size={12} aria-hidden />
      </button>
    );
  return (
    <Popover.Root>
      <Popover.Trigger
        {...shared}
        openOnHover
        delay={300}
        // It stands in for the button that had the focus.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus={near === 'focus'}
      >
        <Info size={12} aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="right" align="start" sideOffset={8} className="z-50">
          <Popover.Popup className="max-h-80 max-w-80 overflow-y-auto rounded-lg border border-line bg-raised p-3 text-text shadow-float outline-hidden">
            <Popover.Title className="font-medium">{field.label}</Popover.Title>
            <Popover.Description className="pt-1 whitespace-pre-line text-soft">
              {field.help}
            </Popover.Description>
            {field.name !== '' && <p className="pt-2 font-mono text-xs text-faint">{field.name}</p>}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
