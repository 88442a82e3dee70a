import { Menu } from '@base-ui/react/menu';
import { Check, ChevronDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { methods } from '../../shared/runs/methods.ts';
import type { Method } from '../../shared/runs/methods.ts';
import { chosenMethod, useAsked } from '../stores/asked.ts';
import { METHOD_NAMES } from './words.ts';

const ABOUT: Readonly<Record<Method, string>> = {
  queue: 'Waits for its turn at fal, and goes on whatever happens here.',
  direct: 'One call, answered when the model is done. Cut off, its result is lost.',
  stream: 'Answered bit by bit, as it is made. For models that stream. Cut off, its result is lost.',
};

/** How the open model is called: in a word, and to be changed. */
export function MethodChoice({ endpointId }: { readonly endpointId: string }): ReactNode {
  const method = useAsked((state) => chosenMethod(state, endpointId));
  const usual = useAsked((state) => state.usual[endpointId] ?? 'queue');
  const setMethod = useAsked((state) => state.setMethod);
  return (
    <Menu.Root>
      <Menu.Trigger
        aria-label={`How the model is called: ${METHOD_NAMES[method]}`}
        className="-ml-1 flex h-7 shrink-0 items-center gap-1 rounded-md px-1.5 text-soft hover:bg-hover hover:text-text data-popup-open:bg-hover"
      >
        {METHOD_NAMES[method]}
        <ChevronDown size={14} aria-hidden className="text-faint" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner align="start" sideOffset={4} className="z-40 outline-hidden">
          <Menu.Popup className="w-72 rounded-lg border border-line bg-raised p-1 text-text shadow-float outline-hidden">
            <Menu.RadioGroup value={method} onValueChange={(next: Method) => setMethod(endpointId, next)}>
              {methods.map((one) => (
                <Menu.RadioItem
                  key={one}
                  value={one}
                  closeOnClick
                  className="grid cursor-default grid-cols-[16px_1fr] gap-x-2 rounded-md px-2 py-1.5 outline-hidden select-none data-highlighted:bg-hover"
                >
                  <Menu.RadioItemIndicator className="col-start-1 row-start-1 self-center text-soft">
                    <Check size={14} aria-hidden />
                  </Menu.RadioItemIndicator>
                  <span className="col-start-2 row-start-1">
                    {METHOD_NAMES[one]}
                    {one === usual && <span className="text-faint"> · usual for this model</span>}
                  </span>
                  <span className="col-start-2 text-xs text-soft">{ABOUT[one]}</span>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
