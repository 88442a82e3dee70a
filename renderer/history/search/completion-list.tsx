import { Autocomplete } from '@base-ui/react/autocomplete';
import type { ReactNode, RefObject } from 'react';
import type { Completion } from './completions.ts';

interface CompletionListProps {
  readonly anchor: RefObject<HTMLElement | null>;
  readonly onTake: (completion: Completion) => void;
}

/** What may be taken, under the search box. */
export function CompletionList({ anchor, onTake }: CompletionListProps): ReactNode {
  return (
    <Autocomplete.Portal>
      <Autocomplete.Positioner anchor={anchor} sideOffset={4} align="start" className="z-40 outline-hidden">
        <Autocomplete.Popup className="max-h-[min(22rem,var(--available-height))] w-[min(28rem,var(--anchor-width))] overflow-y-auto overscroll-contain rounded-lg border border-line bg-raised p-1 text-text shadow-float outline-hidden">
          <Autocomplete.List aria-label="Completions" className="outline-hidden">
            {(completion: Completion) => (
              <Autocomplete.Item
                key={completion.insert}
                value={completion}
                onClick={() => onTake(completion)}
                className="flex min-h-7 cursor-default items-center justify-between gap-4 rounded-md px-2 outline-hidden select-none data-highlighted:bg-hover"
              >
                <span className="min-w-0 truncate">{completion.label}</span>
                <span className="tabular shrink-0 text-xs text-faint">{completion.hint}</span>
              </Autocomplete.Item>
            )}
          </Autocomplete.List>
        </Autocomplete.Popup>
      </Autocomplete.Positioner>
    </Autocomplete.Portal>
  );
}
