import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { BatchPlace } from '../../shared/runs/asked.ts';
import { usePlayground } from '../stores/playground.ts';
import { Button } from '../ui/button.tsx';
import { keepFocus } from './keep-focus.ts';
import { batchWords, placeWords } from './words.ts';

/** Over a run of a batch: which it is, and the way to the others. */
export function BatchCrumb({ batch }: { readonly batch: BatchPlace }): ReactNode {
  const showBatch = usePlayground((state) => state.showBatch);
  return (
    <nav aria-label="Batch" className="flex h-9 shrink-0 items-center gap-2 border-b border-line px-2">
      <Button
        look="quiet"
        className="h-7 px-2"
        onClick={(event) => {
          keepFocus(event.currentTarget);
          showBatch(batch.id);
        }}
      >
        <ArrowLeft size={14} aria-hidden />
        {batchWords(batch.kind, batch.size)}
      </Button>
      <p className="tabular min-w-0 truncate text-text">{placeWords(batch)}</p>
    </nav>
  );
}
