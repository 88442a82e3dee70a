import { Autocomplete } from '@base-ui/react/autocomplete';
import type { ReactNode } from 'react';
import type { Completion } from './completions.ts';

/** What may be taken, under the search box. */
export function CompletionList({ onTake }: { readonly onTake: (completion: Completion) => void }): ReactNode {
  return (
    <Autocomplete.List
      aria-label="Completions"
      className="absolute top-full left-0 z-40 mt-1 max-h-88 w-[min(28rem,100%)] overflow-y-auto overscroll-contain rounded-lg border border-line bg-raised p-1 text-text shadow-float outline-hidden"
    >
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
  );
}
